import type { Handle } from "../routes/app.ts";
import type { Listening, Served } from "./listening.ts";
import { upgradeNative } from "../sockets/wires/native_wire.ts";

/** Deno's own server and sockets: the fastest, and the only option on Deno Deploy. */
export function serveNative({ host, port }: Listening, answer: Handle): Served {
  const server = Deno.serve(
    { hostname: host, port, onListen() {} },
    (request, info) =>
      answer(request, {
        remoteAddress: (info.remoteAddr as Deno.NetAddr).hostname,
        upgrade: upgradeNative,
      }),
  );
  return { ...server.addr, stop: () => server.shutdown() };
}
