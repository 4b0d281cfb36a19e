import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { nextTick } from "node:process";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { closeCodes, heartbeatMs, maxFrameBytes, silenceMs } from "../../protocol/limits.ts";
import { CannotUpgrade, type Wire, type WireListener } from "./wire.ts";

/** Fragments of one message. More of them are nobody's way to write 64 KiB. */
const maxFragments = 1_024;
/**
 * Chunks in which an unfinished frame may have come. Each is a buffer of its own: a frame sent byte by byte would hold
 * two hundred times its size.
 */
const maxBufferedChunks = 1_024;
/** How long a peer may take to answer our close before its connection is cut. Milliseconds. */
const leaveMs = 2_000;
/** Codes for peers that send too much. They may still read why, but nothing of theirs is read any more. */
const leaveUnread: ReadonlySet<number> = new Set([
  closeCodes.tooBig,
  closeCodes.badFrames,
  closeCodes.tooMany,
]);

/** A connection whose request asks to become a socket. */
export interface Asking {
  request: IncomingMessage;
  connection: Duplex;
  /** What came behind the request already. */
  head: Buffer;
}

interface Heart {
  heartbeatMs: number;
  silenceMs: number;
  frameMs: number;
  sweepMs: number;
}

/**
 * Wires of npm:ws. They bound a message over all its fragments before it is in memory, and a peer that does not read
 * or does not answer is cut off with its buffers.
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
   * Milliseconds: how often a peer is pinged, after how much silence it is given up, how long a message may take from its
   * first byte to its last, and how often that is looked at.
   */
  constructor(readonly heart: Heart = { heartbeatMs, silenceMs, frameMs: 5_000, sweepMs: 1_000 }) {
    this.#sweep = setInterval(() => this.#sweepAll(), heart.sweepMs);
    Deno.unrefTimer(this.#sweep);
    // With a listener the library leaves a handshake that it refuses to us; `upgrade` sees that no socket came of it.
    this.#server.on("wsClientError", () => {});
  }

  /** Answers with 101 on the connection itself; the response says so. @throws {CannotUpgrade} */
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
    // A Response cannot be made with this status.
    return Object.defineProperty(new Response(null), "status", { value: 101 });
  }

  /** Cuts off whoever is still there. */
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
  /** Something was heard since the last look. */
  #heard = true;
  #heardAt = 0;
  #pingedAt = 0;
  /** Something came that was not the end of a message yet, and since when, as of the last look. */
  #isBegun = false;
  #begunAt?: number;

  constructor(socket: WebSocket, connection: Duplex, listen: (wire: Wire) => WireListener) {
    this.#socket = socket;
    this.#connection = connection;
    const listener = listen(this);
    let isComplete = false;
    const heard = () => this.#heard = isComplete = true;
    // Told after the library has read the chunk, and has told what it completes.
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
      // The library has it closed, and would read on, whatever comes, till the peer has answered.
      nextTick(() => this.#leaveUnread());
    });
    socket.on("close", (code: number) => listener.closed(code));
    // As on the other wire, whose sockets are open some time after the upgrade.
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

  /** Our side of the connection ends after the close frame: the peer's answer will not be read, so it need not wait. */
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

/** The code that the library closed with, having read what is no frame. */
function codeOf({ code }: { code?: string }): number {
  return code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? closeCodes.tooBig : 1006;
}
