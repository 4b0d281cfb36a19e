import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Handle } from "../routes/app.ts";
import { requestOf, send, sendBare } from "../routes/http/node_http.ts";
import type { Listening, Served } from "./listening.ts";
import { type Asking, WsWires } from "../sockets/wires/ws_wire.ts";

/** Slower connections are cut: opening them is cheap for an attacker, holding them is not cheap for the service. */
const bounds = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};
/**
 * Clients that support HTTP/2 ask for it with a request that must be handled as it is, body included. The runtime's types
 * lack the option, and so does Deno 2.5.
 */
const socketsAlone = {
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === "websocket",
};
/**
 * Connections that are kept for their next request, beside those of sockets: each holds some 80 KiB. Who comes when there
 * are more is answered and let go.
 */
const mostKept = 1_000;
/** Longest silence in the middle of a response. Milliseconds. */
const idleMs = 30_000;

/** `node:http` and npm:ws: slower, but the memory and time that a peer can make the process spend are bounded. */
export async function serveWs(
  { host, port }: Pick<Listening, "host" | "port">,
  answer: Handle,
  times: Partial<typeof bounds> & { mostKept?: number } = {},
): Promise<Served> {
  const wires = new WsWires();
  const server = createServer({ ...bounds, ...times, ...socketsAlone });
  server.timeout = idleMs;
  const kept = new Set<unknown>(), most = times.mostKept ?? mostKept;
  server.on("connection", (connection) => {
    kept.add(connection);
    connection.on("close", () => kept.delete(connection));
  });
  server.on("request", (incoming, outgoing) => {
    if (kept.size > most) outgoing.setHeader("connection", "close");
    void respond(answer, incoming, outgoing);
  });
  server.on("upgrade", (request, connection, head) => {
    kept.delete(connection);
    void open(answer, wires, { request, connection, head });
  });
  server.on("clientError", (error, connection) => refuse(error, connection as Socket));
  const { address, port: taken } = await listen(server, { host, port });
  return {
    hostname: address,
    port: taken,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      wires.close();
      await closed;
    },
  };
}

/**
 * Answers malformed requests, and reads nothing more from the connection: later bytes would be parsed as the next
 * connection's, which reuses this parser. An idle connection that was never used is closed without a response: its
 * client would take that for the response to its next request.
 */
function refuse({ code }: Error & { code?: string }, connection: Socket): void {
  const isLate = code === "ERR_HTTP_REQUEST_TIMEOUT";
  if (connection.writable && !(isLate && connection.bytesRead === 0)) {
    connection.write(
      `HTTP/1.1 ${isLate ? "408 Request Timeout" : "400 Bad Request"}\r\nconnection: close\r\n\r\n`,
    );
  }
  connection.destroy();
}

function listen(server: Server, where: { host: string; port: number }): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>();
  server.once("error", reject);
  server.listen(where, () => resolve(server.address() as AddressInfo));
  return promise;
}

async function respond(answer: Handle, incoming: IncomingMessage, outgoing: ServerResponse) {
  const request = readable(incoming);
  // On Deno 2.5, destroying it without this would leave the connection open after the response.
  if (!request) return void outgoing.writeHead(400, { connection: "close" }).end();
  try {
    await send(outgoing, await answer(request, { remoteAddress: incoming.socket.remoteAddress }));
  } catch {
    // The handlers respond to every failure behind them: here the client has disconnected.
    outgoing.destroy();
  }
}

function readable(incoming: IncomingMessage): Request | undefined {
  try {
    return requestOf(incoming, { body: true });
  } catch {
    return undefined;
  }
}

async function open(answer: Handle, wires: WsWires, asking: Asking) {
  const { request, connection } = asking;
  // From here to the upgrade nobody else listens, and an unhandled error event ends the process.
  connection.on("error", () => connection.destroy());
  try {
    const response = await answer(requestOf(request, { body: false }), {
      remoteAddress: request.socket.remoteAddress,
      upgrade: (_, protocol, listen) => wires.upgrade(asking, protocol, listen),
    });
    if (response.status !== 101) await sendBare(connection, response);
  } catch {
    await sendBare(connection, new Response(null, { status: 400 })).catch(() => connection.destroy());
  }
}
