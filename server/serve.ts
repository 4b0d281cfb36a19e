import type { Handle } from "../routes/app.ts";
import type { Listening, Served } from "./listening.ts";
import { serveNative } from "./serve_native.ts";

/**
 * The address for a browser on this machine. Wildcard addresses can be bound but not opened everywhere, so they are
 * shown as loopback.
 */
export function addressOf({ hostname, port }: Pick<Served, "hostname" | "port">): string {
  const host = { "0.0.0.0": "127.0.0.1", "::": "::1" }[hostname] ?? hostname;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The address cannot be bound. The message names the variables that configure it. */
export class CannotListen extends Error {
  override name = "CannotListen";
}

/** Listens, and handles every request with `answer`. @throws {CannotListen} */
export async function serve(listening: Listening, answer: Handle): Promise<Served> {
  const listen = listening.wire === "ws" ? (await wsServer()).serveWs : serveNative;
  try {
    return await listen(listening, answer);
  } catch (error) {
    const { host, port } = listening, { message } = error as Error;
    throw new CannotListen(`HOST, PORT: cannot listen at ${host}, port ${port}: ${message}`, {
      cause: error,
    });
  }
}

// Loaded on demand: the library costs start-up time and reads two environment variables. A literal import would be
// read at every start.
const wsServer = () =>
  import(import.meta.resolve("./serve_ws.ts")) as Promise<typeof import("./serve_ws.ts")>;
