/** A reverse proxy in front of a service: forwards HTTP and sockets with forwarding headers. */
export class Proxy implements AsyncDisposable {
  #listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  #open = new Set<Deno.Conn>();
  /** The service's port. Set after the service has started, since its settings need the proxy's address. */
  port = 0;

  constructor() {
    void this.#serve();
  }

  get origin(): string {
    return `http://localhost:${(this.#listener.addr as Deno.NetAddr).port}`;
  }

  async #serve(): Promise<void> {
    for await (const client of this.#listener) void this.#handOn(client).catch(() => {});
  }

  async #handOn(client: Deno.Conn): Promise<void> {
    this.#open.add(client);
    const [head, rest] = await headOf(client);
    const service = await Deno.connect({ port: this.port, hostname: "127.0.0.1" });
    this.#open.add(service);
    const isUpgrade = /^upgrade: *websocket/im.test(head);
    const lines = head.split("\r\n").filter((line) =>
      !/^x-forwarded-/i.test(line) && (isUpgrade || !/^connection:/i.test(line))
    );
    // One request per connection: the head of a second one would be forwarded without being rewritten.
    if (!isUpgrade) lines.push("Connection: close");
    lines.push("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http");
    const writer = service.writable.getWriter();
    await writer.write(new TextEncoder().encode(lines.join("\r\n") + "\r\n\r\n"));
    if (rest.length > 0) await writer.write(rest);
    writer.releaseLock();
    const both = [client.readable.pipeTo(service.writable), service.readable.pipeTo(client.writable)];
    await Promise.allSettled(both);
    for (const one of [client, service]) this.#open.delete(one);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const one of this.#open) {
      try {
        one.close();
      } catch {
        // Already closed.
      }
    }
    return Promise.resolve();
  }
}

/** Lines of a request's head, and the bytes after it that were read with it. */
async function headOf(client: Deno.Conn): Promise<[head: string, rest: Uint8Array]> {
  let bytes = new Uint8Array();
  const chunk = new Uint8Array(16_384);
  for (;;) {
    const n = await client.read(chunk);
    if (n === null) throw new Error("The client has gone");
    bytes = new Uint8Array([...bytes, ...chunk.subarray(0, n)]);
    // Latin-1: one character per byte.
    const end = new TextDecoder("latin1").decode(bytes).indexOf("\r\n\r\n");
    if (end >= 0) return [new TextDecoder("latin1").decode(bytes.subarray(0, end)), bytes.subarray(end + 4)];
  }
}
