import assert from "node:assert/strict";
import { serveWs } from "../../serve_ws.ts";

const times = { headersTimeout: 600, requestTimeout: 1_000, connectionsCheckingInterval: 100 };

/** What comes back on a connection that sends this, up to its end. */
async function heard(port: number, sent: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(sent));
  return await new Response(connection.readable).text();
}

Deno.test({
  name:
    "on ws a request that never ends is told so and cut off, a connection without one ends without a word",
  // There node:http takes the time-outs and keeps none.
  ignore: Deno.version.deno.startsWith("2.5."),
  fn: cutsOff,
});

async function cutsOff(): Promise<void> {
  const server = await serveWs(
    { host: "127.0.0.1", port: 0 },
    async (request) => new Response(await request.text()),
    times,
  );
  const { port } = server;
  const half = "POST / HTTP/1.1\r\nHost: x\r\n";
  const [silent, header, body, good] = await Promise.all([
    heard(port, ""),
    heard(port, `${half}X-Half: `),
    heard(port, `${half}Content-Length: 100\r\n\r\n{`),
    heard(port, `${half}Connection: close\r\nContent-Length: 2\r\n\r\n{}`),
  ]);
  // Whoever opens connections in store would take an answer for that to its next request.
  assert.equal(silent, "");
  assert.match(header, /^HTTP\/1\.1 408 /);
  assert.match(body, /^(HTTP\/1\.1 408 |$)/);
  assert.match(good, /^HTTP\/1\.1 200 OK[\s\S]*\{\}/);
  assert.match(await heard(port, "no request at all\r\n\r\n"), /^HTTP\/1\.1 400 /);
  await server.stop();
}
