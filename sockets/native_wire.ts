import { silenceMs } from "../protocol/limits.ts";
import type { Upgrade, Wire, WireListener } from "./wire.ts";

/** Deno pings after half of this silence and gives the peer up after all of it. Seconds. */
const idleTimeout = silenceMs / 1000;

/**
 * Upgrades a request of `Deno.serve`. Deno finds the protocol only in a list written with ", ";
 * clients that write "," alone get the same answer by the header.
 */
export const upgradeNative: Upgrade = (request, protocol, listen) => {
  const offered = request.headers.get("sec-websocket-protocol")?.split(", ");
  const isFoundByDeno = protocol !== undefined && offered?.includes(protocol);
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout,
    ...(isFoundByDeno ? { protocol } : {}),
  });
  if (protocol !== undefined && !isFoundByDeno) response.headers.set("sec-websocket-protocol", protocol);
  attach(socket, listen);
  return response;
};

/** Must be called in the same turn as the upgrade: a listener attached later misses frames. */
function attach(socket: WebSocket, listen: (wire: Wire) => WireListener): void {
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
