import { WebSocket } from "ws";
import type { Program } from "./program.ts";

/** Request headers of a signed-in user. */
export type Headers = Record<string, string>;

export const password = "correct horse battery";

/** Creates an account on a running Parlor. Returns the headers that carry its session. */
export async function signUp({ address }: Program, username: string): Promise<Headers> {
  const response = await post(`${address}/accounts/api/signup`, { username, password });
  const { token } = await response.json();
  if (!token) throw new Error(`sign-up answered ${response.status}`);
  return { cookie: `parlor_session=${token}` };
}

export function post(url: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Opens a socket. @throws if the server refuses it */
export async function openSocket(
  url: string,
  { headers = {}, protocols = [] }: { headers?: Headers; protocols?: string[] } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return socket;
}

/** Sends a frame; resolves with the time until the next frame arrives. Milliseconds. */
export function ask(socket: WebSocket, frame: unknown): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    socket.once("message", () => resolve(performance.now() - began));
    socket.send(JSON.stringify(frame));
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
