import { WebSocket } from "ws";
import type { Frame } from "../harness/client.ts";

/** A socket of one connection, cheap enough for thousands. */
export class Peer {
  /** Received frames not yet taken; empty while `onFrame` is set. */
  readonly frames: Frame[] = [];
  onFrame?: (frame: Frame) => void;
  /** The close code; 10000 + status if the handshake was refused. */
  code?: number;
  readonly socket: WebSocket;
  #waiting = new Set<() => void>();

  constructor(url: string, protocols: string[], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, protocols, { perMessageDeflate: false, headers });
    this.socket.on("message", (data: unknown) => {
      const frame = JSON.parse(String(data));
      if (this.onFrame) this.onFrame(frame);
      else this.frames.push(frame);
      this.#wake();
    });
    this.socket.on("close", (code: number) => {
      this.code ??= code;
      this.#wake();
    });
    this.socket.on("error", () => {});
    this.socket.on("open", () => this.#wake());
    this.socket.on(
      "unexpected-response",
      (request: { destroy(): void }, response: { statusCode: number }) => {
        this.code = 10_000 + response.statusCode;
        request.destroy();
        this.#wake();
      },
    );
  }

  /** Opens a socket; waits until it is open or refused, in which case `code` is set. */
  static async open(url: string, protocols: string[], headers?: Record<string, string>): Promise<Peer> {
    const peer = new Peer(url, protocols, headers);
    await peer.until(() => peer.isOpen || peer.code !== undefined, 20_000);
    return peer;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  say(content: string, client_id?: string): void {
    this.send({ command: "new_message", client_id, message: { content } });
  }

  async next(command: string, ms?: number): Promise<Frame> {
    const at = () => this.frames.findIndex((frame) => frame.command === command);
    await this.until(() => at() >= 0, ms);
    return this.frames.splice(at(), 1)[0]!;
  }

  ask(frame: Frame, answer: string): Promise<Frame> {
    this.send(frame);
    return this.next(answer);
  }

  async closed(ms?: number): Promise<number> {
    await this.until(() => this.code !== undefined, ms);
    return this.code!;
  }

  /** @throws if `test` does not hold within `ms` milliseconds */
  async until(test: () => boolean, ms = 10_000): Promise<void> {
    const deadline = performance.now() + ms;
    while (!test()) {
      const left = deadline - performance.now();
      if (left <= 0) {
        throw new Error(`not within ${ms} ms; closed: ${this.code}; ${this.frames.length} frames wait`);
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }

  /** Closes the TCP connection without a close frame. */
  cut(): void {
    this.socket.terminate();
  }

  /** Closes with a close frame, or cuts the connection if this peer does not read. */
  async end(): Promise<void> {
    if (this.socket.isPaused || this.socket.readyState === WebSocket.CONNECTING) return this.cut();
    this.socket.close(1000);
    await this.closed(5_000).catch(() => this.cut());
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
