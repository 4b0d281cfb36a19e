/** A TCP proxy between client and service that can cut, stall or refuse connections. */
export class Cutter implements AsyncDisposable {
  #listener: Deno.TcpListener;
  #pairs = new Set<[Deno.TcpConn, Deno.TcpConn]>();
  #stranded = new WeakSet<Deno.TcpConn>();
  #isStalled = false;
  /** Maximum rate from the service, to simulate a slow mobile network. */
  bytesPerSecond = Infinity;
  /** Refuses new connections. */
  isDown = false;
  /**
   * Called with what a client sends before it is forwarded; `before` or `after` cuts the connection at that
   * point.
   */
  onSend: (bytes: Uint8Array) => "before" | "after" | void = () => {};

  constructor(public target: () => { hostname: string; port: number }) {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    void this.#accept();
  }

  get address(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  /** Closes every connection without a close frame. */
  cut(): void {
    for (const pair of this.#pairs) this.#end(pair);
  }

  /** Stops forwarding without closing any connection, as when a laptop loses its network. */
  stall(): void {
    this.#isStalled = true;
  }

  unstall(): void {
    this.#isStalled = false;
    this.cut();
  }

  /** Stops forwarding on open connections without closing them; new connections work, as after a suspend. */
  strand(): void {
    for (const pair of this.#pairs) for (const end of pair) this.#stranded.add(end);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.cut();
    return Promise.resolve();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      if (this.isDown) client.close();
      else void this.#relay(client).catch(() => client.close());
    }
  }

  async #relay(client: Deno.TcpConn): Promise<void> {
    const service = await Deno.connect(this.target());
    const pair: [Deno.TcpConn, Deno.TcpConn] = [client, service];
    this.#pairs.add(pair);
    client.setNoDelay();
    service.setNoDelay();
    await Promise.race([
      this.#pass(client, service, (bytes) => this.onSend(bytes)),
      this.#pass(service, client, () => {}, () => this.bytesPerSecond),
    ]);
    this.#end(pair);
  }

  async #pass(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    judge: (bytes: Uint8Array) => "before" | "after" | void,
    rate = () => Infinity,
  ): Promise<void> {
    const bytes = new Uint8Array(65_536);
    try {
      for (let n; (n = await from.read(bytes)) !== null;) {
        if (this.#isStalled || this.#stranded.has(from)) continue;
        const cut = judge(bytes.subarray(0, n));
        if (cut === "before") return;
        for (let at = 0; at < n;) {
          const written = await to.write(bytes.subarray(at, Math.min(n, at + rate() / 10)));
          if (rate() < Infinity) await new Promise((done) => setTimeout(done, written / rate() * 1_000));
          at += written;
        }
        if (cut === "after") return;
      }
    } catch {
      // The other end has closed the connection.
    }
  }

  #end(pair: [Deno.TcpConn, Deno.TcpConn]): void {
    if (!this.#pairs.delete(pair)) return;
    for (const end of pair) end.close();
  }
}

/** Host and port of a service, as a proxy's target. */
export function targetOf(address: string): { hostname: string; port: number } {
  const { hostname, port } = new URL(address);
  return { hostname, port: Number(port) };
}
