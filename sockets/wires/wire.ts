/** One open WebSocket, whichever library carries it. */
export interface Wire {
  readonly isOpen: boolean;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly unsentBytes: number;
  send(text: string): void;
  /** Begins to close; safe to call again. The peer may never answer. */
  close(code: number, reason: string): void;
}

/** What a wire tells its owner. Nothing of it may throw or reject: on Deno that ends the process. */
export interface WireListener {
  opened(): void;
  received(data: string | ArrayBuffer | Blob): void;
  /** It is closed for us, and the peer's connection is still there. By wires that know the difference. */
  ended?(code: number): void;
  /** Its connection is gone. May be called twice. */
  closed(code: number): void;
}

/** No socket can be made of the request: its connection is gone, or the library takes its handshake for none. */
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
