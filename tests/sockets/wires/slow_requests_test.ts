import assert from "node:assert/strict";
import { serveWs } from "../../../server/serve_ws.ts";
import { isDeno2_5 } from "../../harness/deno_2_5.ts";
import { testUnless } from "../../harness/test_unless.ts";

const times = { headersTimeout: 600, requestTimeout: 1_000, connectionsCheckingInterval: 100 };

/** An echo server. */
const serve = () =>
  serveWs({ host: "127.0.0.1", port: 0 }, async (request) => new Response(await request.text()), times);

/** Everything received on a connection that sends this, until it is closed. */
async function heard(port: number, sent: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(sent));
  return await new Response(connection.readable).text();
}

const hindrance = isDeno2_5 ? "node:http of Deno 2.5 takes time-outs and keeps none" : undefined;

testUnless(
  hindrance,
  "on ws a request that never ends is told so and cut off, a connection without one ends without a word",
  cutsOff,
);

testUnless(
  hindrance,
  "on ws what a peer sends after it was cut off is never read as another one's request",
  keepsApart,
);

async function cutsOff(): Promise<void> {
  const server = await serve();
  const { port } = server;
  const half = "POST / HTTP/1.1\r\nHost: x\r\n";
  const [silent, header, body, good] = await Promise.all([
    heard(port, ""),
    heard(port, `${half}X-Half: `),
    heard(port, `${half}Content-Length: 100\r\n\r\n{`),
    heard(port, `${half}Connection: close\r\nContent-Length: 2\r\n\r\n{}`),
  ]);
  // No response on an idle connection: a client with pooled connections would take it for the response to its
  // next request.
  assert.equal(silent, "");
  assert.match(header, /^HTTP\/1\.1 408 /);
  assert.match(body, /^(HTTP\/1\.1 408 |$)/);
  assert.match(good, /^HTTP\/1\.1 200 OK[\s\S]*\{\}/);
  assert.match(await heard(port, "no request at all\r\n\r\n"), /^HTTP\/1\.1 400 /);
  await server.stop();
}

async function keepsApart(): Promise<void> {
  const server = await serve();
  const { port } = server;
  const end = performance.now() + 4_000, answers: string[] = [];
  async function slow(first: string, then: string) {
    while (performance.now() < end) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const write = (text: string) => connection.write(new TextEncoder().encode(text));
      let isOpen = true;
      const ended = new Response(connection.readable).text().catch(() => {}).then(() => isOpen = false);
      await write(first);
      while (isOpen) {
        await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
        await write(then).catch(() => isOpen = false);
      }
      await ended;
    }
  }
  async function good() {
    while (performance.now() < end) {
      const text = await heard(port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      answers.push(text.split("\r\n")[0]!);
    }
  }
  const forty = <T>(act: () => T) => Array.from({ length: 40 }, act);
  await Promise.all([
    ...forty(() => slow("POST / HTTP/1.1\r\nHost: x\r\nX-Slow: a", "a")),
    ...forty(() => slow("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{", " ")),
    ...Array.from({ length: 10 }, good),
  ]);
  assert.deepEqual([...new Set(answers)], ["HTTP/1.1 200 OK"]);
  await server.stop();
}

testUnless(
  hindrance,
  "on ws whoever comes when many connections are kept is answered and let go",
  async () => {
    const more = { ...times, headersTimeout: 30_000, requestTimeout: 30_000, mostKept: 3 };
    const server = await serveWs(
      { host: "127.0.0.1", port: 0 },
      () => Promise.resolve(new Response("ok")),
      more,
    );
    const request = new TextEncoder().encode("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const connections: Deno.TcpConn[] = [], answers: string[] = [];
    for (let i = 0; i < 5; i++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
      connections.push(connection);
      await connection.write(request);
      const bytes = new Uint8Array(4_096), count = await connection.read(bytes);
      answers.push(new TextDecoder().decode(bytes.subarray(0, count!)));
    }
    assert.deepEqual(answers.map((answer) => /connection: close/i.test(answer)), [
      false,
      false,
      false,
      true,
      true,
    ]);
    const rest = new Uint8Array(1_024);
    while (await connections[4]!.read(rest) !== null);
    for (const connection of connections) connection.close();
    await server.stop();
  },
);
