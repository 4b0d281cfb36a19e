type Verdict = "pass" | "cut" | "hold";

/** TCP proxy to a server that can cut or hold connections depending on what the client sends. */
export class Cutter implements AsyncDisposable {
  /**
   * Called with each chunk that a client sends. `cut`: the chunk reaches the server, but no response comes
   * back.
   */
  judge: (text: string) => Verdict = () => "pass";
  /** Nothing passes in either direction, and connections stay open. */
  isHeld = false;
  #forsaken = new Set<Deno.Conn>();
  #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #open = new Set<Deno.Conn>();
  #serving: Promise<void>;

  /** `target` may be changed; open connections keep theirs. */
  constructor(readonly target: { hostname: string; port: number }) {
    this.#serving = this.#serve();
  }

  /** The same URL through the proxy. */
  url(url: string): string {
    const over = new URL(url);
    over.port = String(this.#listener.addr.port);
    return over.href;
  }

  /** Stops traffic on all open connections without closing them; later connections work. */
  forsake(): void {
    for (const conn of this.#open) this.#forsaken.add(conn);
  }

  async [Symbol.asyncDispose]() {
    this.isHeld = false;
    this.#forsaken.clear();
    this.#listener.close();
    for (const conn of this.#open) end(conn);
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
    const { hostname, port } = this.target;
    const server = await Deno.connect({ hostname, port }).catch(() => undefined);
    if (!server) return end(client);
    let isCut = false;
    for (const conn of [client, server]) this.#open.add(conn);
    const up = this.#pipe(client, server, (text) => {
      isCut ||= this.judge(text) === "cut";
      return true;
    });
    const down = this.#pipe(server, client, () => !isCut);
    await Promise.race([up, down]);
    for (const conn of [client, server]) {
      end(conn);
      this.#open.delete(conn);
    }
    await Promise.all([up, down]);
  }

  async #pipe(from: Deno.Conn, to: Deno.Conn, passes: (text: string) => boolean): Promise<void> {
    const bytes = new Uint8Array(65_536);
    try {
      for (let count; (count = await from.read(bytes)) !== null;) {
        while (this.isHeld || this.#forsaken.has(from)) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const piece = bytes.subarray(0, count);
        // The server's response confirms that the statement was executed; the client never receives it.
        if (!passes(new TextDecoder("latin1").decode(piece))) return;
        for (let sent = 0; sent < count;) sent += await to.write(piece.subarray(sent));
      }
    } catch {
      // One of the peers has closed the connection.
    }
  }
}

function end(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It has closed by itself.
  }
}
