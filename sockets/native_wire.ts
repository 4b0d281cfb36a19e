import { silenceMs } from "../protocol/limits.ts";
import type { Wire, WireListener } from "./wire.ts";

/** Deno pings after half of this silence and gives the peer up after all of it. Seconds. */
export const idleTimeout = silenceMs / 1000;

/**
 * A wire over a socket of `Deno.upgradeWebSocket`. Must be called in the same turn as the upgrade:
 * a listener attached later misses frames.
 */
export function nativeWire(socket: WebSocket, listen: (wire: Wire) => WireListener): void {
  socket.binaryType = "arraybuffer";
  const wire: Wire = {
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    get unsentBytes() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close(code, reason) {
      if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
    },
  };
  const listener = listen(wire);
  socket.onopen = () => listener.opened();
  socket.onmessage = (event) => listener.received(event.data);
  socket.onclose = (event) => listener.closed(event.code);
  // Deno tells of a broken peer by `error`, sometimes with no `close` after it.
  socket.onerror = () => {
    if (socket.readyState !== WebSocket.OPEN) listener.closed(1006);
  };
}
