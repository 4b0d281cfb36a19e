import assert from "node:assert/strict";
import { copyOfTheHouse } from "../harness/source_copy.ts";

interface Outcome {
  code: number;
  output: string;
}

async function run(folder: string, args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: folder, env })
    .output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

async function inCopy(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await copyOfTheHouse();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const help = ["task", "start", "--help"];

Deno.test("one command starts the service: it builds what is missing, and nothing a second time", () =>
  inCopy(async (folder) => {
    const first = await run(folder, help, { PARLOR_SECRET: "a secret of thirty-two bytes or more" });
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /built in \d+ ms/);
    assert.match(first.output, /Parlor reads these environment variables/);
    assert.ok(Deno.statSync(`${folder}/dist/manifest.json`).isFile);
    const second = await run(folder, help);
    assert.equal(second.code, 0, second.output);
    assert.doesNotMatch(second.output, /built in/);
    await Deno.writeTextFile(`${folder}/web/widget/host_page/loader.ts`, "\n", { append: true });
    assert.match((await run(folder, help)).output, /built in/, "sources that changed are built");
  }));

Deno.test("a lock that does not hold what is imported is not mended, and nothing starts", () =>
  inCopy(async (folder) => {
    const lock = JSON.parse(await Deno.readTextFile(`${folder}/deno.lock`));
    for (const key of ["specifiers", "npm"]) {
      for (const name of Object.keys(lock[key])) if (/^(npm:)?zod@/.test(name)) delete lock[key][name];
    }
    const text = JSON.stringify(lock, null, 2);
    await Deno.writeTextFile(`${folder}/deno.lock`, text);
    for (const task of ["start", "demo", "build"]) {
      const { code, output } = await run(folder, ["task", task, "--help"]);
      assert.notEqual(code, 0, task);
      assert.match(output, /lockfile|frozen/i);
      assert.doesNotMatch(output, /Parlor reads/);
      assert.equal(await Deno.readTextFile(`${folder}/deno.lock`), text, `${task} leaves the lock as it is`);
    }
  }));

Deno.test("where nothing may be written to dist/, what is there is served, of other sources or not", () =>
  inCopy(async (folder) => {
    const bare = ["run", "--frozen", "--no-prompt", "--allow-read=.", "web/built.ts"];
    assert.notEqual((await run(folder, bare)).code, 0, "there is nothing to serve");
    assert.equal((await run(folder, ["task", "build"])).code, 0);
    assert.deepEqual(await run(folder, bare), { code: 0, output: "" });
    await Deno.writeTextFile(`${folder}/web/widget/host_page/loader.ts`, "\n", { append: true });
    const { code, output } = await run(folder, bare);
    assert.equal(code, 0, output);
    assert.match(output, /served as it is/);
  }));

Deno.test("a build may run the compiler and nothing else, and reads no variable of the service", async () => {
  const { tasks, imports, lock } = JSON.parse(await Deno.readTextFile("deno.json"));
  assert.equal(lock.frozen, true);
  assert.equal(tasks.start.dependencies, undefined);
  const version = imports.esbuild.split("@").at(-1);
  for (const name of ["build", "built"]) {
    const words: string[] = tasks[name].command.split(" ");
    assert.ok(words.includes("--frozen"));
    const listed = (flag: string) =>
      words.find((word) => word.startsWith(`${flag}=`))!.split("=")[1]!.split(",");
    for (const program of listed("--allow-run")) {
      assert.match(program, /^\.\/node_modules\/\.deno\/@esbuild\+[\w-]+@[\d.]+\/.*\/esbuild(\.exe)?$/);
      assert.ok(program.includes(`@${version}/`), "of the version that is imported");
    }
    assert.ok(listed("--allow-env").every((variable) => /^(ESBUILD|NODE)_/.test(variable)));
  }
});

Deno.test("where there is no dist/ and none can be written, a line says what to do, and nothing starts", () =>
  inCopy(async (folder) => {
    const bare = ["run", "--frozen", "--no-prompt", "--allow-read=.", "web/built.ts"];
    const { code, output } = await run(folder, bare);
    assert.equal(code, 1);
    assert.match(output, /^dist\/ is missing and cannot be written: run deno task build.*\n$/);
  }));
