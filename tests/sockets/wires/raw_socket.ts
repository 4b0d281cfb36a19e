/** Fields of a frame, which may have invalid values. */
export interface RawFrame {
  opcode: number;
  payload?: Uint8Array | string;
  /** Default true. */
  fin?: boolean;
  /** The three reserved bits as a number, 0 to 7. */
  rsv?: number;
  /** Default true: clients must mask their frames. */
  masked?: boolean;
  /** Bits of the length field; default: the fewest possible. */
  lengthBits?: 7 | 16 | 64;
  /** Declared length, if it differs from the payload's. */
  length?: bigint;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Heard {
  opcode: number;
  payload: Uint8Array;
}

const encoder = new TextEncoder();
export const bytesOf = (payload: Uint8Array | string = "") =>
  typeof payload === "string" ? encoder.encode(payload) : payload;

/** Encodes a frame as bytes. */
export function encode({ opcode, fin = true, rsv = 0, masked = true, ...rest }: RawFrame): Uint8Array {
  const payload = bytesOf(rest.payload), length = rest.length ?? BigInt(payload.length);
  const bits = rest.lengthBits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64);
  const header = new DataView(new ArrayBuffer(bits === 7 ? 2 : bits === 16 ? 4 : 10));
  header.setUint8(0, (fin ? 0x80 : 0) | rsv << 4 | opcode);
  header.setUint8(1, (masked ? 0x80 : 0) | (bits === 7 ? Number(length) : bits === 16 ? 126 : 127));
  if (bits === 16) header.setUint16(2, Number(length));
  if (bits === 64) header.setBigUint64(2, length);
  const key = masked ? crypto.getRandomValues(new Uint8Array(4)) : new Uint8Array(0);
  const body = masked ? payload.map((byte, i) => byte ^ key[i % 4]!) : payload;
  return joined(new Uint8Array(header.buffer), key, body);
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The payload of a close frame. */
export function closing(code: number, reason: Uint8Array | string = ""): Uint8Array {
  return joined(new Uint8Array([code >> 8, code & 255]), bytesOf(reason));
}

/** A WebSocket over plain TCP, with access to every byte. */
export class RawSocket {
  #unread = new Uint8Array(0);

  private constructor(readonly connection: Deno.TcpConn) {}

  /** Performs the handshake. @throws with the response if its status is not 101 or the key is missing */
  static async open(address: string, path: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const raw = await RawSocket.connect(address);
    const answer = await raw.request(address, path, {
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      ...headers,
    });
    if (!answer.startsWith("HTTP/1.1 101 ") || !/^sec-websocket-accept:/im.test(answer)) {
      raw.cut();
      throw new Error(answer);
    }
    return raw;
  }

  static async connect(address: string): Promise<RawSocket> {
    const { hostname, port } = new URL(address);
    return new RawSocket(await Deno.connect({ hostname, port: Number(port) }));
  }

  /** Sends an HTTP request and returns the response's head. A header with the value "" is left out. */
  async request(address: string, path: string, headers: Record<string, string>): Promise<string> {
    const lines = Object.entries({ host: new URL(address).host, ...headers })
      .filter(([, value]) => value !== "").map(([name, value]) => `${name}: ${value}\r\n`);
    await this.write(encoder.encode(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`));
    while (true) {
      const text = new TextDecoder("latin1").decode(this.#unread), end = text.indexOf("\r\n\r\n");
      if (end >= 0) this.#unread = this.#unread.slice(end + 4);
      if (end >= 0) return text.slice(0, end);
      if (!await this.#read()) return text;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.connection.write(bytes.subarray(at));
  }

  async send(...frames: RawFrame[]): Promise<void> {
    await this.write(joined(...frames.map(encode)));
  }

  /** Sends each byte in its own segment, as far as the network stack permits. */
  async drip(bytes: Uint8Array): Promise<void> {
    this.connection.setNoDelay(true);
    for (const byte of bytes) {
      await this.write(new Uint8Array([byte]));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  /** The next frame from the server; undefined once the connection has ended. */
  async next(): Promise<Heard | undefined> {
    while (true) {
      const frame = this.#take();
      if (frame) return frame;
      if (!await this.#read()) return undefined;
    }
  }

  cut(): void {
    try {
      this.connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #read(): Promise<boolean> {
    const chunk = new Uint8Array(65_536);
    const count = await this.connection.read(chunk).catch(() => null);
    if (count === null) return false;
    this.#unread = joined(this.#unread, chunk.subarray(0, count)) as Uint8Array<ArrayBuffer>;
    return true;
  }

  #take(): Heard | undefined {
    const unread = this.#unread;
    if (unread.length < 2) return undefined;
    const view = new DataView(unread.buffer);
    const short = unread[1]! & 127, start = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (unread.length < start) return undefined;
    const length = short < 126 ? short : short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
    if (unread.length < start + length) return undefined;
    this.#unread = unread.slice(start + length);
    return { opcode: unread[0]! & 15, payload: unread.slice(start, start + length) };
  }
}
