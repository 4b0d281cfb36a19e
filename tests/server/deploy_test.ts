import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Client } from "../harness/client.ts";
import { password, v1 } from "../harness/parlor.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the service as Deno Deploy does: all permissions, no flags, SIGINT before the end, the address in a
 * variable.
 */
class Deployed implements AsyncDisposable {
  private constructor(readonly address: string, readonly child: Deno.ChildProcess) {}

  /** `--deny-write`: the disk is read-only. Deno's own folder replaces the hosted database. */
  static async start(denoDir: string, env: Record<string, string> = {}): Promise<Deployed> {
    const port = freePort();
    const { runtime } = JSON.parse(await Deno.readTextFile(`${root}deno.json`)).deploy;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--deny-write", "--frozen", runtime.entrypoint],
      cwd: root,
      clearEnv: true,
      env: {
        HOME: denoDir,
        PATH: Deno.env.get("PATH")!,
        DENO_DIR: denoDir,
        DENO_DEPLOY: "true",
        DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
        LOG_LEVEL: "warn",
        ...env,
      },
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    const deployed = new Deployed(`http://127.0.0.1:${port}`, child);
    await deployed.#answers();
    return deployed;
  }

  async end(): Promise<{ code: number; ms: number }> {
    const began = performance.now();
    this.child.kill("SIGINT");
    const { code } = await this.child.status;
    return { code, ms: performance.now() - began };
  }

  async [Symbol.asyncDispose]() {
    try {
      this.child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.child.status;
  }

  /** The platform requests / before it routes traffic. */
  async #answers(): Promise<void> {
    let isOver = false;
    void this.child.status.then(() => isOver = true);
    while (true) {
      const response = await fetch(`${this.address}/`).catch(() => undefined);
      await response?.body?.cancel();
      if (response) return assert.equal(response.status, 200);
      assert(!isOver, "it ended before it answered");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** An empty location of Deno's default database, with the packages that are already cached. */
async function emptyDenoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(stdout));
  const folder = await Deno.makeTempDir({ prefix: "parlor-deploy-" });
  await Deno.symlink(npmCache, `${folder}/npm`);
  return folder;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

for (const wire of ["native", "ws"]) {
  Deno.test(`as on Deno Deploy: no flag, no writable disk, KV of its own accord, gone 4 s after SIGINT (${wire})`, async () => {
    const denoDir = await emptyDenoDir();
    try {
      const consumer = crypto.randomUUID();
      let token = "";
      {
        await using deployed = await Deployed.start(denoDir, { WIRE: wire });
        const response = await fetch(`${deployed.address}/accounts/api/signup`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ username: "asha", password }),
        });
        token = (await response.json()).token;
        const client = await open(deployed, consumer, token);
        await client.say("hello");
        const { code, ms } = await deployed.end();
        assert.equal(code, 0);
        assert(ms < 4_000, `${ms} ms`);
        assert.equal(await client.closed(), 1012);
        await client.gone();
      }
      // The secret is stored in the database too, so the token is valid on the next instance.
      await using deployed = await Deployed.start(denoDir, { WIRE: wire });
      const client = await open(deployed, consumer, token);
      const { messages } = await client.ask({ command: "fetch_messages" }, "messages");
      assert.deepEqual(messages.map(({ content }: { content: string }) => content), ["hello"]);
      client.close();
      await client.gone();
    } finally {
      await Deno.remove(denoDir, { recursive: true });
    }
  });
}

function open({ address }: Deployed, consumer: string, token: string): Promise<Client> {
  const url = `${address.replace("http", "ws")}/ws/chat/asha/${consumer}`;
  return Client.open(url, { protocols: v1(token) });
}

Deno.test("the deploy section names a program and tasks that are there", async () => {
  const { deploy, tasks } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  assert.equal(deploy.runtime.type, "dynamic");
  assert((await Deno.stat(root + deploy.runtime.entrypoint)).isFile);
  const task = /^deno task (\w+)$/.exec(deploy.build)?.[1];
  assert(task && tasks[task], deploy.build);
  assert.equal(deploy.install, "deno install --frozen");
});
