/** One open WebSocket, independent of the library that carries it. */
export interface Wire {
  readonly isOpen: boolean;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly unsentBytes: number;
  send(text: string): void;
  /** Starts to close; safe to call again. The peer may never answer. */
  close(code: number, reason: string): void;
}

/** Events of a wire. Handlers must not throw or reject: on Deno that ends the process. */
export interface WireListener {
  opened(): void;
  received(data: string | ArrayBuffer | Blob): void;
  /** Closed on our side while the peer's connection persists. Only from wires that can tell. */
  ended?(code: number): void;
  /** The connection has ended. May be called twice. */
  closed(code: number): void;
}

/** The request cannot be upgraded: its connection is gone, or its handshake is invalid. */
export class CannotUpgrade extends Error {
  override name = "CannotUpgrade";
}

/**
 * Makes a socket of a request, answers it with 101 and, in the same turn, attaches the listener.
 * `protocol` is the subprotocol to answer, one of those that were offered.
 * @throws {CannotUpgrade}
 */
export type Upgrade = (
  request: Request,
  protocol: string | undefined,
  listen: (wire: Wire) => WireListener,
) => Response;
