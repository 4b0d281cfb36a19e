import assert from "node:assert/strict";
import { isDeno2_5 } from "./harness/deno_2_5.ts";
import { eventually } from "./harness/eventually.ts";
import { unless } from "./harness/test_unless.ts";

/** Starts the runner on one test file with this source; its temporary folders are below `folder`. */
async function start(folder: string, source: string): Promise<Deno.ChildProcess> {
  await Deno.writeTextFile(`${folder}/a_test.ts`, source);
  const runner = new URL("./run.ts", import.meta.url).pathname;
  const args = [
    "run",
    "-A",
    "--frozen",
    "--no-check",
    runner,
    "--flags=-A --no-check",
    `${folder}/a_test.ts`,
  ];
  return new Deno.Command(Deno.execPath(), { args, env: { TMPDIR: folder }, stdout: "piped" }).spawn();
}

function isRunning(pid: number): boolean {
  try {
    // A zombie process does not count as running.
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

const hindrance = isDeno2_5
  ? "Deno 2.5 makes no process groups"
  : Deno.build.os !== "linux" && "processes are looked up in /proc";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    ...unless(hindrance, `a run that ${signal} ends leaves no process and no temporary folder behind`),
    async fn() {
      const folder = await Deno.makeTempDir({ prefix: "parlor-" });
      const run = await start(
        folder,
        `Deno.test("starts a process and waits for ever", async () => {
           Deno.writeTextFileSync(Deno.makeTempDirSync() + "/kept", "");
           const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
           Deno.writeTextFileSync("${folder}/new", Deno.pid + " " + child.pid);
           Deno.renameSync("${folder}/new", "${folder}/pids");
           await child.status;
         });`,
      );
      await eventually(() => [...Deno.readDirSync(folder)].some(({ name }) => name === "pids"), {
        ms: 60_000,
      });
      const pids = (await Deno.readTextFile(`${folder}/pids`)).split(" ").map(Number);
      assert.deepEqual(pids.map(isRunning), [true, true]);
      run.kill(signal);
      await run.stdout.cancel();
      assert.equal((await run.status).code, 130);
      await eventually(() => !pids.some(isRunning));
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a_test.ts", "pids"]);
      await Deno.remove(folder, { recursive: true });
    },
  });
}

Deno.test("a run ends with what was skipped, how often and why", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const run = await start(
    folder,
    `for (const name of ["one", "two"]) {
       Deno.test({ name: name + " (skipped: no parrot on this machine)", ignore: true, fn() {} });
     }
     Deno.test("three", () => {});`,
  );
  const said = new TextDecoder().decode((await run.output()).stdout);
  assert.match(said, /^skipped: 2 in .*a_test\.ts: no parrot on this machine$/m);
  assert.match(said, /\n1 passed, 0 failed, 2 skipped\n$/);
  await Deno.remove(folder, { recursive: true });
});
