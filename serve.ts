import type { Handle } from "./routes/app.ts";

/** Where and how to listen. `wire`: which library carries the sockets. */
export interface Listening {
  wire: "native" | "ws";
  host: string;
  /** 0: any free one. */
  port: number;
}

/** A server that listens. */
export interface Served {
  hostname: string;
  port: number;
  /** Takes no more, and resolves when everybody has left. */
  stop(): Promise<void>;
}

/** Listens, and answers every request by `answer`. @throws {Deno.errors.AddrInUse} */
export async function serve(listening: Listening, answer: Handle): Promise<Served> {
  // Imported when chosen: the library costs start-up time, and reads two variables of its own.
  if (listening.wire === "ws") return await (await import("./serve_ws.ts")).serveWs(listening, answer);
  return (await import("./serve_native.ts")).serveNative(listening, answer);
}
