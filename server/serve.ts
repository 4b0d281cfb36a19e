import type { Handle } from "../routes/app.ts";
import type { Listening, Served } from "./listening.ts";
import { serveNative } from "./serve_native.ts";

/**
 * Where a browser on this machine finds the server. An address that stands for all of the machine's can be listened at, but
 * not everywhere be opened: it is shown as loopback.
 */
export function addressOf({ hostname, port }: Pick<Served, "hostname" | "port">): string {
  const host = { "0.0.0.0": "127.0.0.1", "::": "::1" }[hostname] ?? hostname;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Nobody can listen there, or somebody does already. The message names the variables that say where. */
export class CannotListen extends Error {
  override name = "CannotListen";
}

/** Listens, and answers every request by `answer`. @throws {CannotListen} */
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

// Loaded when chosen: the library costs start-up time, and reads two variables of its own. As a literal it would be read
// at every start all the same.
const wsServer = () =>
  import(import.meta.resolve("./serve_ws.ts")) as Promise<typeof import("./serve_ws.ts")>;
