/**
 * Runs test files, each in its own process, several at a time: `tests/run.ts [--quick | --rest] [PATH…]`. A
 * file that exceeds the time limit is ended and named. Prints `N passed, N failed, N skipped` at the end.
 */
import { parseArgs } from "node:util";

/** Time limit of a file; the slowest takes a quarter of it. Milliseconds. */
const fileMs = 900_000;
/** Fails a test that never ends, with its name, well before the limit of its file. */
const timeLimit = new URL("./time_limit.ts", import.meta.url).pathname;

/** The slowest files. They start first, so that none of them runs alone at the end. */
const longest = [
  "web/widget/chaos_test.ts",
  "db/kv_test.ts",
  "db/kv/in_memory_test.ts",
  "instances/kv_instances_test.ts",
  "instances/postgres_faults_test.ts",
  "db/postgres_test.ts",
  "web/settings_in_browsers_test.ts",
  "web/portal/settings/",
  "web/portal/",
  "web/widget/",
  "server/",
];

/** Files that measure time: each runs alone. */
const timed = [
  "db/bus_cost_test.ts",
  "db/page_cost_test.ts",
  "db/sqlite/search_index_test.ts",
  "db/sqlite/checkpoints_test.ts",
  "db/sqlite/locked_test.ts",
  "instances/postgres_instances_test.ts",
  "instances/rate_test.ts",
  "web/widget/host_page/long_tasks_test.ts",
  "server/logins_test.ts",
  "sockets/limits/memory_watch_test.ts",
];

/**
 * Excluded from a quick run: browsers and PostgreSQL except one file of each, and what takes long and repeats the rest:
 * copies between every two engines, KV in memory, types of the whole program. Files that measure time are excluded too.
 */
const thorough =
  /^tests\/(web\/(portal\/|widget\/|settings_in_browsers)|db\/postgres\/|db\/kv\/in_memory|instances\/|commands\/copy|forgotten_promises)/;
const always = ["tests/web/portal/story_test.ts"];

interface Result {
  file: string;
  passed: number;
  failed: number;
  skipped: string[];
  seconds: number;
  output: string;
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: {
    quick: { type: "boolean" },
    /** Only what a quick run excludes. */
    rest: { type: "boolean" },
    lanes: { type: "string" },
    /** Command of the Deno to test with, including flags; by default this one. */
    deno: { type: "string" },
    flags: { type: "string" },
    /** Repeat failed files once, alone, and name them. */
    again: { type: "boolean" },
  },
  allowPositionals: true,
});
const deno = (values.deno ?? Deno.execPath()).split(" ");
const flags = (values.flags ?? "--no-check --sanitize-ops --sanitize-resources --frozen --allow-all").split(
  " ",
);
const lanes = Number(values.lanes ?? navigator.hardwareConcurrency + 2);

const folder = Deno.makeTempDirSync({ prefix: "parlor-tests-" });
// A tmpfs if this user may mount one: most tests flush a disk that is never read again. (Not below /dev: Deno
// lets only programs with all permissions open files there.)
const isMounted = succeeds("mount", "-t", "tmpfs", "tmpfs", folder);
// Other users' programs, such as a database server, need access to their own folders.
Deno.chmodSync(folder, 0o711);
const running = new Set<Deno.ChildProcess>();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => void clear().finally(() => Deno.exit(130)));
}

const began = performance.now();
const results: Result[] = [];
try {
  const files = find(positionals.length ? positionals : ["tests"]).filter((file) =>
    isQuick(file) ? !values.rest : !values.quick
  );
  const alone = files.filter(isTimed);
  const rest = files.filter((file) => !alone.includes(file)).sort((a, b) => rank(a) - rank(b));
  const next = async () => {
    for (let file; (file = rest.shift()) !== undefined;) report(await run(file));
  };
  await Promise.all(Array.from({ length: lanes }, next));
  for (const file of alone) report(await run(file));
  if (values.again) await tryAgain();
} finally {
  await clear();
}
summarize();
Deno.exit(results.every(({ failed }) => failed === 0) ? 0 : 1);

function succeeds(command: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(command, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

function find(paths: string[]): string[] {
  return paths.flatMap((path) => path.endsWith(".ts") ? [path] : filesIn(path)).filter((file) =>
    file.endsWith("_test.ts")
  );
}

function filesIn(folder: string): string[] {
  return find(
    [...Deno.readDirSync(folder)].filter(({ name, isDirectory }) => isDirectory || name.endsWith(".ts"))
      .map(({ name }) => `${folder}/${name}`).sort(),
  );
}

function isQuick(file: string): boolean {
  return always.includes(file) || !thorough.test(file) && !isTimed(file);
}

function isTimed(file: string): boolean {
  return timed.some((name) => file.endsWith(name));
}

/** If many files failed, load is not the cause: nothing is repeated. */
async function tryAgain(): Promise<void> {
  const failed = results.filter(({ failed }) => failed > 0);
  if (failed.length > 6) return;
  for (const first of failed) {
    console.log(`second try: ${first.file}`);
    results.splice(results.indexOf(first), 1);
    report(await run(first.file));
  }
}

function rank(file: string): number {
  const at = longest.findIndex((name) => file.includes(name));
  return at < 0 ? longest.length : at;
}

async function run(file: string): Promise<Result> {
  const start = performance.now();
  const own = Deno.makeTempDirSync({ dir: folder });
  Deno.chmodSync(own, 0o711);
  const child = new Deno.Command(deno[0]!, {
    args: [...deno.slice(1), "test", `--preload=${timeLimit}`, ...flags, file],
    env: { TMPDIR: own, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // A process group, so that everything that the file has started can be ended with it.
    detached: true,
  }).spawn();
  running.add(child);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end(child);
  }, fileMs);
  const { stdout, stderr, code } = await child.output();
  clearTimeout(timer);
  end(child);
  running.delete(child);
  await remove(own);
  const text = new TextDecoder();
  const output = text.decode(stdout) + text.decode(stderr) + (isLate ? `\nended after ${fileMs} ms\n` : "");
  return { file, output, seconds: (performance.now() - start) / 1_000, ...read(output, code) };
}

/** Deno's last line is `ok | 12 passed (3 steps) | 0 failed | 1 ignored (5s)`. */
function read(output: string, code: number): Pick<Result, "passed" | "failed" | "skipped"> {
  const [, passed = "0", failed = "0"] = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/m.exec(output) ??
    [];
  const skipped = [...output.matchAll(/^(.+) \.\.\. ignored/gm)].map(([, name]) => name!);
  return { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1), skipped };
}

function report(result: Result): void {
  results.push(result);
  const { file, passed, failed, seconds, output } = result;
  if (failed) console.log(output);
  console.log(
    `${failed ? "FAILED" : "ok"} ${file} ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`,
  );
}

function summarize(): void {
  const seconds = (performance.now() - began) / 1_000;
  const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, 12);
  console.log("\nSlowest:", slowest.map(({ file, seconds }) => `${file} ${seconds.toFixed(0)} s`).join(", "));
  for (const [reason, { tests, files }] of reasons()) {
    console.log(`skipped: ${tests} in ${[...files].join(", ")}: ${reason}`);
  }
  for (const { file, failed } of results) if (failed) console.log(`failed: ${file}`);
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0);
  console.log(`${results.length} files, ${seconds.toFixed(0)} s`);
  const skipped = sum(({ skipped }) => skipped.length);
  console.log(
    `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed, ${skipped} skipped`,
  );
}

/** Skipped tests by reason: their names end with it. */
function reasons(): Map<string, { tests: number; files: Set<string> }> {
  const all = new Map<string, { tests: number; files: Set<string> }>();
  for (const { file, skipped } of results) {
    for (const name of skipped) {
      const reason = /\(skipped: (.*)\)$/.exec(name)?.[1] ?? `"${name}"`;
      const entry = all.get(reason) ?? { tests: 0, files: new Set() };
      entry.tests++;
      all.set(reason, { ...entry, files: entry.files.add(file) });
    }
  }
  return all;
}

function end(child: Deno.ChildProcess): void {
  try {
    Deno.kill(-child.pid, "SIGKILL");
  } catch { /* the group has ended */ }
}

/** Removes a folder into which a program that was ended (a browser) may still be writing. */
async function remove(folder: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return Deno.removeSync(folder, { recursive: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  console.log(`left behind: ${folder}`);
}

async function clear(): Promise<void> {
  for (const child of running) end(child);
  if (isMounted) succeeds("umount", "--lazy", folder);
  await remove(folder);
}
