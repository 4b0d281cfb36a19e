import type { Instance } from "./instance.ts";

/**
 * A TCP load balancer: each connection goes to the next instance that accepts it, and no two connections of a
 * client to the same one.
 */
export class Balancer {
  readonly out = new Set<Instance>();
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #open = new Set<Deno.Conn>();
  #next = 0;
  #serving: Promise<void>;

  constructor(readonly instances: Instance[]) {
    this.#serving = this.#serve();
  }

  get address(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  async close(): Promise<void> {
    this.#listener.close();
    for (const conn of this.#open) close(conn);
    await this.#serving;
  }

  async #serve(): Promise<void> {
    const carried: Promise<void>[] = [];
    try {
      for await (const client of this.#listener) carried.push(this.#carry(client));
    } catch {
      // The listener was closed.
    }
    await Promise.all(carried);
  }

  async #carry(client: Deno.Conn): Promise<void> {
    const server = await this.#connect();
    const both = server ? [client, server] : [client];
    for (const conn of both) this.#open.add(conn);
    if (server) {
      await Promise.race([pipe(client, server), pipe(server, client)]);
    }
    for (const conn of both) {
      close(conn);
      this.#open.delete(conn);
    }
  }

  async #connect(): Promise<Deno.Conn | undefined> {
    for (let tries = 0; tries < this.instances.length; tries++) {
      const instance = this.instances[this.#next++ % this.instances.length]!;
      if (this.out.has(instance)) continue;
      const { hostname, port } = new URL(instance.address);
      try {
        return await Deno.connect({ hostname, port: Number(port) });
      } catch {
        // Try the next instance.
      }
    }
  }
}

async function pipe(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  await from.readable.pipeTo(to.writable, { preventClose: true }).catch(() => {});
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It has closed by itself.
  }
}
