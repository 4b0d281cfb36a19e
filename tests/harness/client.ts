import { WebSocket } from "ws";

// deno-lint-ignore no-explicit-any
export type Frame = Record<string, any>;

/** A WebSocket client; received frames are queued until a test takes them. */
export class Client {
  readonly frames: Frame[] = [];
  /** The close code; 10000 + status if the handshake was refused. */
  code?: number;
  #waiters = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on("open", () => this.#wake());
    socket.on("message", (data: unknown) => {
      this.frames.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.on("close", (code: number) => {
      this.code ??= code;
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("unexpected-response", (request: { destroy(): void }, response: { statusCode: number }) => {
      this.code = 10_000 + response.statusCode;
      request.destroy();
      this.#wake();
    });
  }

  static async open(url: string, { protocols = [], headers = {} }: {
    protocols?: string[];
    headers?: Record<string, string>;
  } = {}): Promise<Client> {
    const client = new Client(new WebSocket(url, protocols, { headers, perMessageDeflate: false }));
    await client.until(() => client.socket.readyState === WebSocket.OPEN || client.code !== undefined);
    return client;
  }

  send(frame: unknown): void {
    this.socket.send(
      typeof frame === "string" || frame instanceof Uint8Array ? frame : JSON.stringify(frame),
    );
  }

  /** Waits until `test` holds; it is asked at each frame and now and then. The default limit allows for a loaded machine. @throws on timeout */
  async until(test: () => boolean, ms = 15_000): Promise<void> {
    const deadline = performance.now() + ms;
    while (!test()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`not within ${ms} ms; closed: ${this.code}; have ${this.#summary()}`);
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve);
        // The condition may be about other clients too.
        timer = setTimeout(resolve, Math.min(left, 50));
      });
      clearTimeout(timer);
    }
  }

  /** Takes the next frame of this command; earlier frames of other commands stay queued. */
  async next(command: string, ms?: number): Promise<Frame> {
    const at = () => this.frames.findIndex((frame) => frame.command === command);
    await this.until(() => at() >= 0, ms);
    return this.frames.splice(at(), 1)[0]!;
  }

  /** Sends a frame and takes the response. */
  ask(frame: Frame, answer: string): Promise<Frame> {
    this.send(frame);
    return this.next(answer);
  }

  /** Sends a text and takes its echo; echoes of other messages stay queued. */
  async say(content: string, more: Frame = {}): Promise<Frame> {
    this.send({ command: "new_message", message: { author: "anybody", content }, ...more });
    const isEcho = ({ command, message }: Frame) =>
      command === "new_message" &&
      (more.client_id ? message.client_id === more.client_id : message.content === content);
    await this.until(() => this.frames.some(isEcho));
    return this.frames.splice(this.frames.findIndex(isEcho), 1)[0]!.message;
  }

  /** Waits until the socket is closed; returns the close code. */
  async closed(ms?: number): Promise<number> {
    await this.until(() => this.code !== undefined, ms);
    return this.code!;
  }

  /** Asserts that no frame of this command arrives within `ms` milliseconds. */
  async hearsNo(command: string, ms = 200): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const heard = this.frames.find((frame) => frame.command === command);
    if (heard) throw new Error(`heard ${JSON.stringify(heard)}`);
  }

  close(): void {
    this.socket.close();
  }

  terminate(): void {
    this.socket.terminate();
  }

  async gone(): Promise<void> {
    await this.until(() => this.socket.readyState === WebSocket.CLOSED).catch(() => {});
  }

  #wake() {
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }

  #summary(): string {
    return JSON.stringify(this.frames.map(({ command, error }) => error?.message ?? command));
  }
}
