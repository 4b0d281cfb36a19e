import assert from "node:assert/strict";
import { eventually } from "../harness/eventually.ts";
import { PostgresServer } from "../harness/postgres.ts";
import { password } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";

/** TCP proxy between a service and its database that can stop forwarding. */
class Passage implements Disposable {
  isFrozen = false;
  /** Bytes that were not forwarded. */
  withheld = 0;
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #connections: Deno.Conn[] = [];

  constructor(readonly to: number) {
    void this.#accept();
  }

  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  async #accept() {
    for await (const from of this.#listener) {
      const to = await Deno.connect({ hostname: "127.0.0.1", port: this.to });
      this.#connections.push(from, to);
      void this.#carry(from, to);
      void this.#carry(to, from);
    }
  }

  async #carry(from: Deno.Conn, to: Deno.Conn) {
    const bytes = new Uint8Array(65_536);
    try {
      for (let count; (count = await from.read(bytes)) !== null;) {
        if (this.isFrozen) this.withheld += count;
        else await to.write(bytes.subarray(0, count));
      }
    } catch {
      // One of the peers has closed the connection.
    }
  }

  [Symbol.dispose]() {
    this.#listener.close();
    for (const one of this.#connections) {
      try {
        one.close();
      } catch {
        // It has closed by itself.
      }
    }
  }
}

Deno.test("SIGTERM ends within 4 s with 0, though the database answers nothing any more", async () => {
  await using postgres = await PostgresServer.start();
  if (!postgres) return;
  const url = new URL(await postgres.database());
  using passage = new Passage(postgres.port);
  url.port = String(passage.port);
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const service = await new ServiceProcess(folder, { DATABASE_URL: url.href }).start();
  const signup = await fetch(`${service.address}/accounts/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "asha", password }),
  });
  assert.equal(signup.status, 201);
  await signup.body?.cancel();

  passage.isFrozen = true;
  const asked = fetch(`${service.address}/chatbot/api?username=asha`)
    .then((response) => response.body?.cancel(), () => {});
  await eventually(() => passage.withheld > 0);
  const { code, ms } = await service.end("SIGTERM");
  await asked;
  assert.equal(code, 0);
  assert.ok(ms < 4_000, `${Math.round(ms)} ms`);
  await Deno.remove(folder, { recursive: true });
});
