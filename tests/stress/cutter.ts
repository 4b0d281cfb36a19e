import type { Seeded } from "./seeded.ts";

/** Maximum number of bytes before a connection is cut, counted in both directions. */
const longestBytes = 12_000;

/** A proxy in front of the service that cuts each connection after a random number of bytes. */
export class Cutter {
  isCutting = true;
  cuts = 0;
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #ended = false;

  constructor(readonly target: string, readonly random: Seeded) {
    void this.#accept();
  }

  get address(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  end(): void {
    if (!this.#ended) this.#listener.close();
    this.#ended = true;
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) void this.#relay(client).catch(() => close(client));
  }

  async #relay(client: Deno.TcpConn): Promise<void> {
    const { hostname, port } = new URL(this.target);
    const service = await Deno.connect({ hostname, port: Number(port) });
    // Different magnitudes, to cut in the handshake, within a frame, and after thousands of frames.
    const left = { bytes: this.random.pick([400, 2_000, longestBytes]) * this.random.next() };
    await Promise.race([this.#pass(client, service, left), this.#pass(service, client, left)]);
    close(client);
    close(service);
  }

  async #pass(from: Deno.TcpConn, to: Deno.TcpConn, left: { bytes: number }): Promise<void> {
    const chunk = new Uint8Array(16_384);
    while (true) {
      const count = await from.read(chunk).catch(() => null);
      if (count === null) return;
      const passed = this.isCutting ? Math.min(count, Math.floor(left.bytes)) : count;
      for (let at = 0; at < passed;) at += await to.write(chunk.subarray(at, passed)).catch(() => passed);
      if (!this.isCutting) continue;
      left.bytes -= count;
      if (left.bytes > 0) continue;
      this.cuts++;
      return;
    }
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
