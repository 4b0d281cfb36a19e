import { bot } from "./bot.ts";
import { classifier } from "./classifier.ts";
import { coldStart } from "./cold_start.ts";
import { compare } from "./compare.ts";
import { deploy } from "./deploy.ts";
import { engines } from "./engines.ts";
import { idle } from "./idle.ts";
import { instances } from "./instances.ts";
import { loginsAtOnce } from "./logins.ts";
import { loginTiming } from "./login_timing.ts";
import { longHistory } from "./long_history.ts";
import { portal } from "./portal.ts";
import { traffic } from "./traffic.ts";
import { wires } from "./wires.ts";
import type { Verdict } from "./verdict.ts";

const measures: Record<string, () => Promise<Verdict[]>> = {
  traffic,
  idle,
  history: longHistory,
  cold_start: coldStart,
  logins: loginsAtOnce,
  login_timing: loginTiming,
  wires,
  engines,
  instances,
  deploy,
  portal,
  bot,
};

/** Measurements that take a file or folder. */
const measuresOf: Record<string, (path: string) => Promise<Verdict[]>> = { compare, classifier };

const usage = `deno task bench [--check] [${Object.keys(measures).join(" | ")}]…
deno task bench [--check] compare DIR: against another build, installed and built in DIR
deno task bench [--check] classifier FILE.csv: by questions and their labels
--check: end with 1 if a target is missed`;

function table(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ what, parlor, against, ratio, target, holds }) => [
    ...[what, parlor, against, ratio, target, holds ? "holds" : "MISSED"],
  ]);
  const lines = [["", "Parlor", "against", "ratio", "target", ""], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")).join("\n");
}

const flags = Deno.args.filter((arg) => arg.startsWith("-"));
const names = Deno.args.filter((arg) => !arg.startsWith("-"));
if (names.length === 2 && Object.hasOwn(measuresOf, names[0]!)) {
  const path = names.pop()!;
  const name = names[0]!;
  measures[name] = () => measuresOf[name]!(path);
}
if (flags.some((flag) => flag !== "--check") || names.some((name) => !Object.hasOwn(measures, name))) {
  console.error(usage);
  Deno.exit(2);
}
const verdicts: Verdict[] = [];
for (const name of names.length ? names : Object.keys(measures)) {
  console.error(`measuring: ${name}`);
  verdicts.push(...await measures[name]!());
}
console.log(table(verdicts));
Deno.exit(flags.includes("--check") && verdicts.some(({ holds }) => !holds) ? 1 : 0);
