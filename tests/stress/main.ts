import { type wires, wires as allWires } from "../harness/parlor.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { attackScenarios } from "./scenarios/attacks.ts";
import { StressHarness } from "./harness.ts";

const usage =
  `deno task stress [--wire native|ws] [--seed N] [--only NAME[,NAME] | --without attacks] [--times N] [--list]`;

interface Asked {
  wire: typeof wires[number];
  seed: number;
  only: string[];
  times: number;
}

function asked(args: string[]): Asked {
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i]!, value = args[i + 1];
    if (!/^--(wire|seed|only|without|times)$/.test(name) || value === undefined) throw new Error(usage);
    values.set(name.slice(2), value);
  }
  const wire = allWires.find((one) => one === (values.get("wire") ?? "native"));
  const number = (name: string, usual: number) => Number(values.get(name) ?? usual);
  const seed = number("seed", crypto.getRandomValues(new Uint32Array(1))[0]!), times = number("times", 1);
  // Attack scenarios measure milliseconds; `--without attacks` skips them on a loaded machine.
  const isShort = values.get("without") === "attacks";
  const only = values.get("only")?.split(",") ??
    (isShort
      ? scenarios.filter((scenario) => !attackScenarios.includes(scenario)).map(({ name }) => name)
      : []);
  const isKnown = only.every((name) => scenarios.some((scenario) => scenario.name === name));
  if (!wire || !isKnown || !Number.isInteger(seed) || !Number.isInteger(times)) throw new Error(usage);
  return { wire, seed, only, times };
}

const told = (scenario: Scenario, state: string, began: number, text: string) =>
  console.log(
    `${state.padEnd(6)} ${scenario.name.padEnd(15)} ${
      ((performance.now() - began) / 1_000).toFixed(1).padStart(5)
    } s  ${text}`,
  );

/** Time limit of a scenario. Milliseconds. */
const longestMs = 150_000;

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not over after ${longestMs / 1_000} s`)), longestMs);
  return await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** Runs one scenario. The final checks run concurrently with the next scenario and are added to `endings`. */
async function play(scenario: Scenario, { wire, seed }: Asked, endings: Promise<boolean>[]): Promise<void> {
  const began = performance.now();
  const hindrance = scenario.hindrance?.(wire);
  if (hindrance) return told(scenario, "skipped", began, hindrance);
  let harness: StressHarness | undefined;
  const fail = (error: unknown) => {
    told(scenario, "FAILED", began, `${scenario.about}\n${error instanceof Error ? error.stack : error}`);
    console.log(harness?.service.output.slice(-2_000));
    console.log(`again: deno task stress --wire ${wire} --seed ${seed} --only ${scenario.name}`);
    return false;
  };
  let ending: Promise<boolean>;
  try {
    const opened = harness = await StressHarness.open(wire, seed, scenario.harness);
    const figures = await inTime(scenario.run(opened));
    const played = performance.now() - began;
    ending = opened.end().then(() => {
      told(scenario, "ok", performance.now() - played, figures);
      return true;
    });
  } catch (error) {
    ending = Promise.reject(error);
  }
  endings.push(ending.catch(fail).finally(() => harness?.[Symbol.asyncDispose]()));
}

/** Runs the scenarios; the quiet ones run concurrently with the others. Returns the number of failures. */
async function run(chosen: readonly Scenario[], about: Asked): Promise<number> {
  const began = performance.now();
  console.log(`stress: wire ${about.wire}, seed ${about.seed}`);
  const endings: Promise<boolean>[] = [];
  const quiet = chosen.filter(({ isQuiet }) => isQuiet).map((scenario) => play(scenario, about, endings));
  for (const scenario of chosen) if (!scenario.isQuiet) await play(scenario, about, endings);
  await Promise.all(quiet);
  const results = await Promise.all(endings);
  const failed = results.filter((isGood) => !isGood).length;
  console.log(
    `${failed ? "FAILED" : "ok"} | ${results.length - failed} passed | ${failed} failed (${
      Math.round((performance.now() - began) / 1_000)
    } s)\n`,
  );
  return failed;
}

if (Deno.args[0] === "--list") {
  for (const { name, about } of scenarios) console.log(`${name.padEnd(15)} ${about}`);
  Deno.exit(0);
}
let failed = 0;
try {
  const about = asked(Deno.args);
  const chosen = scenarios.filter(({ name }) => about.only.length === 0 || about.only.includes(name));
  for (let i = 0; i < about.times; i++) failed += await run(chosen, { ...about, seed: about.seed + i });
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(2);
}
Deno.exit(failed ? 1 : 0);
