import assert from "node:assert/strict";
import { copySources } from "../harness/source_copy.ts";

/** A currently unused port. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function textAt(address: string): Promise<string> {
  try {
    return await (await fetch(address)).text();
  } catch {
    return ""; // starting or restarting
  }
}

async function until(test: () => Promise<boolean>, what: string, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!await test()) {
    assert.ok(performance.now() < end, `not so after ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

Deno.test({
  name: "deno task dev builds what browsers load anew when it changes, and serves that",
  ignore: Deno.build.os !== "linux",
  fn: rebuildsWhileRunning,
});

async function rebuildsWhileRunning() {
  const folder = await copySources();
  const port = freePort();
  // A new process group, so that everything that the task starts can be ended with it.
  const dev = new Deno.Command("setsid", {
    args: [Deno.execPath(), "task", "dev"],
    cwd: folder,
    env: { PORT: `${port}`, DATABASE_URL: `sqlite:${folder}/data/parlor.db`, LOG_LEVEL: "error" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const loader = `http://127.0.0.1:${port}/widget.js`;
    await until(async () => (await textAt(loader)).includes("unknown_verb"), "the service is up");
    assert.ok(!(await textAt(loader)).includes("changed_verb"));
    const source = `${folder}/web/widget/host_page/loader.ts`;
    await Deno.writeTextFile(
      source,
      (await Deno.readTextFile(source)).replace("unknown_verb", "changed_verb"),
    );
    await until(async () => (await textAt(loader)).includes("changed_verb"), "the change is served");
  } finally {
    Deno.kill(-dev.pid, "SIGKILL");
    await dev.status;
    await Deno.remove(folder, { recursive: true });
  }
}
