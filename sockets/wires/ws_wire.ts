import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { nextTick } from "node:process";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { closeCodes, heartbeatMs, maxFrameBytes, silenceMs } from "../../protocol/limits.ts";
import { CannotUpgrade, type Wire, type WireListener } from "./wire.ts";

/** Fragments of one message. No legitimate client needs more to send 64 KiB. */
const maxFragments = 1_024;
/**
 * Chunks of an unfinished frame. Each is a buffer of its own: a frame sent byte by byte would take two hundred times
 * its size.
 */
const maxBufferedChunks = 1_024;
/** How long a peer may take to answer our close frame before its connection is cut. Milliseconds. */
const leaveMs = 2_000;
/** Codes for peers that send too much. They can still read the reason, but nothing more of theirs is read. */
const leaveUnread: ReadonlySet<number> = new Set([
  closeCodes.tooBig,
  closeCodes.badFrames,
  closeCodes.tooMany,
]);

/** The connection of an upgrade request. */
export interface Asking {
  request: IncomingMessage;
  connection: Duplex;
  /** Bytes that followed the request. */
  head: Buffer;
}

interface Heart {
  heartbeatMs: number;
  silenceMs: number;
  frameMs: number;
  sweepMs: number;
}

/**
 * Wires of npm:ws. They bound a message over all its fragments before it is in memory, and cut off a peer that does not
 * read or does not answer, with its buffers.
 */
export class WsWires {
  #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    maxFragments,
    maxBufferedChunks,
    closeTimeout: leaveMs,
    handleProtocols: (_: Set<string>, { protocol }: IncomingMessage & { protocol?: string }) =>
      protocol ?? false,
  });
  #open = new Set<WsWire>();
  #sweep: ReturnType<typeof setInterval>;

  /**
   * Milliseconds: ping interval, silence after which a peer is dropped, longest time from a message's first byte to its
   * last, and interval of that check.
   */
  constructor(readonly heart: Heart = { heartbeatMs, silenceMs, frameMs: 5_000, sweepMs: 1_000 }) {
    this.#sweep = setInterval(() => this.#sweepAll(), heart.sweepMs);
    Deno.unrefTimer(this.#sweep);
    // With a listener the library leaves a refused handshake to us; `upgrade` sees that no socket was created.
    this.#server.on("wsClientError", () => {});
  }

  /** Writes the 101 to the connection itself; the response says so. @throws {CannotUpgrade} */
  upgrade(
    { request, connection, head }: Asking,
    protocol: string | undefined,
    listen: (wire: Wire) => WireListener,
  ): Response {
    let opened = false;
    this.#server.handleUpgrade(
      Object.assign(request, { protocol }),
      connection,
      head,
      (socket: WebSocket) => {
        opened = true;
        const wire = new WsWire(socket, connection, listen);
        this.#open.add(wire);
        socket.on("close", () => this.#open.delete(wire));
      },
    );
    if (!opened) throw new CannotUpgrade();
    // A Response cannot be constructed with this status.
    return Object.defineProperty(new Response(null), "status", { value: 101 });
  }

  /** Cuts all remaining connections. */
  close(): void {
    clearInterval(this.#sweep);
    for (const wire of this.#open) wire.cut();
  }

  #sweepAll(): void {
    const now = performance.now();
    for (const wire of this.#open) wire.mind(now, this.heart);
  }
}

class WsWire implements Wire {
  #socket: WebSocket;
  #connection: Duplex;
  /** Something was received since the last check. */
  #heard = true;
  #heardAt = 0;
  #pingedAt = 0;
  /** An incomplete message, and since which check. */
  #isBegun = false;
  #begunAt?: number;

  constructor(socket: WebSocket, connection: Duplex, listen: (wire: Wire) => WireListener) {
    this.#socket = socket;
    this.#connection = connection;
    const listener = listen(this);
    let isComplete = false;
    const heard = () => this.#heard = isComplete = true;
    // Fires after the library has read the chunk and reported the messages it completes.
    connection.on("data", () => {
      this.#isBegun = !isComplete;
      if (isComplete) this.#begunAt = undefined;
      isComplete = false;
    });
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      heard();
      listener.received(isBinary ? new Uint8Array(data).buffer : data.toString());
    });
    socket.on("ping", heard);
    socket.on("pong", heard);
    socket.on("error", (error: { code?: string }) => {
      const code = codeOf(error);
      listener.ended ? listener.ended(code) : listener.closed(code);
      // The library has closed it, and would read on until the peer has answered.
      nextTick(() => this.#leaveUnread());
    });
    socket.on("close", (code: number) => listener.closed(code));
    // As on the native wire, whose sockets open some time after the upgrade.
    queueMicrotask(() => listener.opened());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  get unsentBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): void {
    if (this.isOpen) this.#socket.send(text);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    if (leaveUnread.has(code)) this.#leaveUnread();
  }

  /** Ends our side of the connection after the close frame: the peer's answer is not read, so it need not wait. */
  #leaveUnread(): void {
    this.#socket.pause();
    this.#connection.end();
  }

  cut(): void {
    this.#socket.terminate();
  }

  mind(now: number, { heartbeatMs, silenceMs, frameMs }: Heart): void {
    if (this.#isBegun) this.#begunAt ??= now;
    if (this.isOpen && this.#begunAt !== undefined && now - this.#begunAt > frameMs) {
      this.close(closeCodes.slowOrSilent, "A frame took too long");
      return this.#leaveUnread();
    }
    if (this.#heard) this.#heardAt = now;
    this.#heard = false;
    if (now - this.#heardAt > silenceMs) {
      return this.close(closeCodes.slowOrSilent, "Nothing was heard for too long");
    }
    if (now - Math.max(this.#heardAt, this.#pingedAt) < heartbeatMs) return;
    this.#pingedAt = now;
    this.#socket.ping();
  }
}

/** The code with which the library closed after an invalid frame. */
function codeOf({ code }: { code?: string }): number {
  return code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? closeCodes.tooBig : 1006;
}
