import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** Converts a request of `node:http`. @throws {TypeError} if its target or host is no valid address */
export function requestOf(incoming: IncomingMessage, { body }: { body: boolean }): Request {
  const { method = "GET", url = "/", headers, rawHeaders } = incoming;
  const pairs: [string, string][] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return new Request(new URL(url.startsWith("/") ? `http://${headers.host || "localhost"}${url}` : url), {
    method,
    headers: pairs,
    ...(body && method !== "GET" && method !== "HEAD" ? { body: bodyOf(incoming), duplex: "half" } : {}),
  });
}

/**
 * The body, read on demand. The runtime's own adapter reads on when nobody wants more, and throws where nobody can
 * catch it. An unread rest is dropped with its connection after the response.
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void incoming.pause(),
  });
}

/** Responds over `node:http`. Rejects if the peer disconnects meanwhile. */
export async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  // The rest of a body that was answered already would be parsed as the next request.
  if (!outgoing.req.complete) outgoing.setHeader("connection", "close");
  if (outgoing.req.method === "HEAD") await response.body?.cancel();
  if (response.body === null || outgoing.req.method === "HEAD") return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>), outgoing);
}

/** Responds on a bare connection, as after a refused upgrade request, and ends it. */
export async function sendBare(connection: Duplex, response: Response): Promise<void> {
  if (isUpgradeOnly(connection)) return void connection.end(bareUpgrade);
  const body = new Uint8Array(await response.arrayBuffer());
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`,
    ...[...response.headers].map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
    "connection: close",
  ];
  connection.write(lines.join("\r\n") + "\r\n\r\n");
  connection.end(body);
}

const bareUpgrade = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";

/**
 * Deno 2.5 reads nothing that follows an upgrade request, and cannot write anything but an upgrade to it: the connection
 * could not be closed otherwise. A client takes a 101 without a key, like a refusal, for a failed handshake.
 */
function isUpgradeOnly(connection: Duplex): boolean {
  return connection instanceof Socket && connection.bytesRead === 0;
}
