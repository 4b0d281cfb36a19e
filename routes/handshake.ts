import { BadHandshake, NotFound } from "./errors.ts";

/**
 * Holds a request to RFC 6455, 4.2.1: Deno's own upgrade takes any version, and fails on what it does not take.
 * @throws {NotFound} if it asks for no socket
 * @throws {BadHandshake}
 */
export function checkHandshake(headers: Headers): void {
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new NotFound("Open this path as a WebSocket");
  }
  const asks = headers.get("connection")?.toLowerCase().split(",").some((one) => one.trim() === "upgrade");
  if (!asks) throw new BadHandshake("Connection must say Upgrade");
  if (headers.get("sec-websocket-version") !== "13") {
    throw new BadHandshake("Sec-WebSocket-Version must be 13");
  }
  const isKey = /^[A-Za-z0-9+/]{22}==$/.test(headers.get("sec-websocket-key") ?? "");
  if (!isKey) throw new BadHandshake("Sec-WebSocket-Key must be 16 bytes in base64");
}
