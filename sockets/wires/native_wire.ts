import { closeCodes, silenceMs } from "../../protocol/limits.ts";
import type { Upgrade, Wire, WireListener } from "./wire.ts";

/** Deno pings after half of this silence and closes after all of it. Seconds. */
const idleTimeout = silenceMs / 1000;
/** A socket opens a moment after its upgrade, during a storm some seconds. Milliseconds. */
const opensWithinMs = 15_000;

/**
 * Upgrades a request of `Deno.serve`. Deno finds the protocol only in a list written with ", ";
 * clients that write "," alone get the same answer by the header.
 */
export const upgradeNative: Upgrade = (request, protocol, listen) =>
  upgradeWithin(opensWithinMs, request, protocol, listen);

/** `upgradeNative`, for a socket that must open within `openMs`. */
export function upgradeWithin(openMs: number, ...[request, protocol, listen]: Parameters<Upgrade>): Response {
  const offered = request.headers.get("sec-websocket-protocol")?.split(", ");
  const isFoundByDeno = protocol !== undefined && offered?.includes(protocol);
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout,
    ...(isFoundByDeno ? { protocol } : {}),
  });
  if (protocol !== undefined && !isFoundByDeno) response.headers.set("sec-websocket-protocol", protocol);
  attach(socket, openMs, listen);
  return response;
}

/** Must be called in the same turn as the upgrade: a listener attached later misses frames. */
function attach(socket: WebSocket, openMs: number, listen: (wire: Wire) => WireListener): void {
  socket.binaryType = "arraybuffer";
  let isClosing = false, isReceiving = false;
  let closing: ReturnType<typeof setTimeout> | undefined;
  const wire: Wire = {
    get isOpen() {
      return !isClosing && socket.readyState === WebSocket.OPEN;
    },
    get unsentBytes() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (wire.isOpen) socket.send(text);
    },
    // With frames of the peer read but not yet delivered, Deno cuts the connection without a close frame: a close for
    // what a frame holds waits until those that came with it are delivered.
    close(code, reason) {
      if (isClosing) return;
      isClosing = true;
      const close = () => {
        if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
      };
      if (isReceiving) closing = setTimeout(close);
      else close();
    },
  };
  const listener = listen(wire);
  // For a peer that left before the upgrade Deno fires no event, neither `open` nor `error` nor `close`.
  let isLate = false;
  const opening = setTimeout(() => {
    isLate = true;
    listener.closed(1006);
  }, openMs);
  Deno.unrefTimer(opening);
  socket.onopen = () => {
    clearTimeout(opening);
    if (isLate) socket.close(closeCodes.slowOrSilent, "Opened too late");
    else listener.opened();
  };
  socket.onmessage = (event) => {
    if (isClosing) return;
    isReceiving = true;
    listener.received(event.data);
    isReceiving = false;
  };
  socket.onclose = (event) => {
    clearTimeout(opening);
    clearTimeout(closing);
    listener.closed(event.code);
  };
  // Deno reports a broken peer by `error`, sometimes with no `close` after it.
  socket.onerror = () => {
    clearTimeout(opening);
    if (socket.readyState !== WebSocket.OPEN) listener.closed(1006);
  };
}
