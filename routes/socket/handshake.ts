import { BadHandshake, NotFound } from "../http/errors.ts";

/**
 * Validates a request by RFC 6455, 4.2.1: Deno's own upgrade accepts any version, and throws on what it does not accept.
 * @throws {NotFound} if it is no upgrade request
 * @throws {BadHandshake}
 */
export function checkHandshake({ method, headers }: Pick<Request, "method" | "headers">): void {
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new NotFound("Open this path as a WebSocket");
  }
  if (method !== "GET") throw new BadHandshake("A socket is opened by GET");
  const asks = headers.get("connection")?.toLowerCase().split(",").some((one) => one.trim() === "upgrade");
  if (!asks) throw new BadHandshake("Connection must say Upgrade");
  if (headers.get("sec-websocket-version") !== "13") {
    throw new BadHandshake("Sec-WebSocket-Version must be 13");
  }
  const isKey = /^[A-Za-z0-9+/]{22}==$/.test(headers.get("sec-websocket-key") ?? "");
  if (!isKey) throw new BadHandshake("Sec-WebSocket-Key must be 16 bytes in base64");
}
