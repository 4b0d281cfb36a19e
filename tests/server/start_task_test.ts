import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { launchOf } from "../../commands/launch.ts";
import { eventually } from "../harness/eventually.ts";
import { copySources } from "../harness/source_copy.ts";

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
  const folder = await copySources();
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
  for (const name of ["build", "built"] as const) {
    const { args: words, env } = launchOf(name);
    assert.ok(words.includes("--frozen"));
    assert.equal(env.PARLOR_SECRET, "");
    const listed = (flag: string) =>
      words.find((word) => word.startsWith(`${flag}=`))!.split("=")[1]!.split(",");
    assert.equal(listed("--allow-run").length, 1);
    for (const program of listed("--allow-run")) {
      assert.match(program, /^\.\/node_modules\/\.deno\/@esbuild\+[\w-]+@[\d.]+\/.*\/esbuild(\.exe)?$/);
      assert.ok(program.includes(`@${version}/`), "of the version that is imported");
    }
    assert.ok(listed("--allow-env").every((variable) => /^(ESBUILD|NODE)_/.test(variable)));
  }
});

Deno.test("every task that starts a program is one short line", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile("deno.json"));
  for (const name of ["start", "dev", "demo", "build", "built"]) {
    assert.equal(
      tasks[name].command,
      `deno run --allow-read --allow-env --allow-run commands/launch.ts ${name}`,
    );
  }
  for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
    assert.ok(command.length <= 160, `${name}: ${command.length} characters`);
  }
});

Deno.test("the service may use its data folder: ./data, or that of a database outside of Parlor's own folder", () => {
  const own = Deno.cwd();
  const table: [string | undefined, string][] = [
    [undefined, "./data"],
    ["sqlite:./data/parlor.db", "./data"],
    ["sqlite:/var/lib/parlor/parlor.db", "/var/lib/parlor"],
    ["kv:/var/lib/parlor/kv", "/var/lib/parlor"],
    ["sqlite:../parlor-data/parlor.db", resolve("../parlor-data")],
    // The folder contains code.
    ["sqlite:parlor.db", "./data"],
    ["sqlite:./db/parlor.db", "./data"],
    [`sqlite:${own}/chat/parlor.db`, "./data"],
    ["sqlite:/parlor.db", "./data"],
    [`sqlite:${dirname(own)}/parlor.db`, "./data"],
    // No folder, or not a single folder.
    ["sqlite::memory:", "./data"],
    ["sqlite:/var/lib/a,/etc/b", "./data"],
    ["kv:", "./data"],
    ["kv:https://api.example/v2/databases/1/connect", "./data"],
    ["postgres://asha:hunter2@db.example/parlor", "./data"],
  ];
  for (const [url, folder] of table) {
    const { args } = launchOf("start", { DATABASE_URL: url });
    assert.ok(args.includes(`--allow-write=${folder}`), `${url}: ${args}`);
    assert.ok(args.find((word) => word.startsWith("--allow-read="))!.endsWith(`,${folder}`), url);
    assert.ok(!args.join(" ").includes("hunter2"));
  }
});

Deno.test("PERMISSIONS adds to the lists of the start task, and each flag stands once, as Deno 2.5 wants it", () => {
  const listOf = (flag: string, PERMISSIONS: string) => {
    const words = launchOf("start", { PERMISSIONS }).args.filter((word) => word.split("=")[0] === flag);
    assert.equal(words.length, 1);
    return words[0]!.slice(flag.length);
  };
  const denied = listOf("--deny-net", "");
  assert.equal(listOf("--deny-net", "--deny-net=10.0.0.0/8  --deny-net=[::1]"), `${denied},10.0.0.0/8,[::1]`);
  assert.equal(listOf("--allow-write", "--allow-write=/a --allow-read=/a"), "=./data,/a");
  assert.equal(listOf("--allow-net", "--allow-net=db.example"), "", "everything stays everything");
  assert.equal(listOf("--deny-write", "--deny-write"), "");
});

/** Runs `deno task start` in a copy of the sources until it prints its address. */
async function started(folder: string, env: Record<string, string>) {
  const task = new Deno.Command(Deno.execPath(), {
    args: ["task", "start"],
    cwd: folder,
    env: { PORT: "0", LOG_LEVEL: "error", NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = { out: "", err: "" };
  const read = async (stream: ReadableStream<Uint8Array>, name: keyof typeof said) => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) said[name] += decoder.decode(bytes, { stream: true });
  };
  const reading = Promise.all([read(task.stdout, "out"), read(task.stderr, "err")]);
  await eventually(() => /portal \S+/.test(said.out), { ms: 60_000, state: () => said.out + said.err });
  const address = /portal (\S+)\/messages/.exec(said.out)![1]!;
  return { task, said, reading, address };
}

const isUp = (address: string) =>
  fetch(`${address}/healthz`).then((answer) => answer.body!.cancel().then(() => true), () => false);

Deno.test("the start prints its task and one line, and its end is the task's: SIGTERM, exit code, no process left", () =>
  inCopy(async (folder) => {
    const data = await Deno.makeTempDir({ prefix: "parlor-" });
    const env = { DATABASE_URL: `sqlite:${data}/parlor.db` };
    assert.equal((await run(folder, ["task", "built"])).code, 0);
    for (const [signal, code] of [["SIGTERM", 0], ["SIGINT", 0]] as const) {
      const { task, said, reading, address } = await started(folder, env);
      assert.ok(await isUp(address));
      task.kill(signal);
      assert.equal((await task.status).code, code, said.err);
      assert.ok(!await isUp(address), "nobody listens any more");
      await reading;
      assert.equal(
        said.err,
        "Task start deno run --allow-read --allow-env --allow-run commands/launch.ts start\n",
      );
      assert.match(said.out, /^Parlor \d+\.\d+\.\d+: portal http:\S+ .* · WIRE=native\n$/);
    }
    assert.ok(Deno.statSync(`${data}/parlor.db`).isFile, "in a folder that no flag names");
    const { task, reading } = await started(folder, { ...env, MEMORY_LIMIT_MB: "1" });
    assert.equal((await task.status).code, 75, "start me again");
    await reading;
    await Deno.remove(data, { recursive: true });
  }));

Deno.test("where there is no dist/ and none can be written, a line says what to do, and nothing starts", () =>
  inCopy(async (folder) => {
    const bare = ["run", "--frozen", "--no-prompt", "--allow-read=.", "web/built.ts"];
    const { code, output } = await run(folder, bare);
    assert.equal(code, 1);
    assert.match(output, /^dist\/ is missing and cannot be written: run deno task build.*\n$/);
  }));
