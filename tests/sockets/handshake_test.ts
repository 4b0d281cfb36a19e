import assert from "node:assert/strict";
import { isDeno2_5 } from "../harness/deno_2_5.ts";
import { testUnless } from "../harness/test_unless.ts";
import { eventually } from "../harness/eventually.ts";
import { Parlor, password, refusedWith, test, v1 } from "../harness/parlor.ts";
import { RawSocket } from "./wires/raw_socket.ts";

const good = {
  upgrade: "websocket",
  connection: "keep-alive, Upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

async function ask(parlor: Parlor, path: string, headers: Record<string, string>): Promise<string> {
  const raw = await RawSocket.connect(parlor.address);
  const head = await raw.request(parlor.address, path, headers);
  raw.cut();
  return head;
}

/**
 * Asserts that a response is a rejection with this status; or, if no status can be sent, an upgrade that no
 * client accepts.
 */
function assertRefused(head: string, status: number, name?: string): void {
  if (refusedWith(status) === 1006 && head.startsWith("HTTP/1.1 101 ")) {
    return assert.doesNotMatch(head, /sec-websocket-accept/i, name);
  }
  assert.match(head, new RegExp(`^HTTP/1.1 ${status} `), name);
  assert.match(head, /^x-content-type-options: nosniff$/mi, name);
  if (name === "version 8") assert.match(head, /^sec-websocket-version: 13$/mi);
}

test("a handshake that is not RFC 6455's is refused with a status, and takes no slot", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "1" });
  await parlor.signUp("asha");
  const path = "/ws/room/asha";
  const table: [string, Record<string, string>, number][] = [
    ["no key", { "sec-websocket-key": "" }, 400],
    ["a key that is none", { "sec-websocket-key": "AAAA" }, 400],
    ["a key of 17 bytes", { "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAAA=" }, 400],
    ["version 8", { "sec-websocket-version": "8" }, 400],
    ["no version", { "sec-websocket-version": "" }, 400],
    ["no Connection", { connection: "keep-alive" }, 400],
    ["another protocol", { upgrade: "h2c" }, 404],
    ["no upgrade", { upgrade: "", connection: "" }, 404],
  ];
  for (const [name, headers, status] of table) {
    assertRefused(await ask(parlor, path, { ...good, ...headers }), status, name);
  }
  assertRefused(await ask(parlor, "/ws/nowhere", good), 404);
  await (await parlor.open(path, { protocols: v1() })).next("welcome");
});

test("what a library takes for no handshake is the client's fault, not ours", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "1" });
  await parlor.signUp("asha");
  for (const offer of ["parlor.v1, parlor.v1", "parlor.v1,,chat", "a b"]) {
    const head = await ask(parlor, "/ws/room/asha", { ...good, "sec-websocket-protocol": offer });
    if (!head.startsWith("HTTP/1.1 101 ")) assertRefused(head, 400, offer);
    await eventually(() => parlor.running.service.sockets.size === 0);
  }
  const raw = await RawSocket.connect(parlor.address);
  const lines = Object.entries({ host: "localhost", ...good }).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  await raw.write(new TextEncoder().encode(`HEAD /ws/room/asha HTTP/1.1\r\n${lines.join("")}\r\n`));
  const answer = new Uint8Array(4_096);
  const count = await raw.connection.read(answer);
  assertRefused(
    new TextDecoder().decode(answer.subarray(0, count ?? 0)).replaceAll("\r\n", "\n"),
    400,
    "HEAD",
  );
  raw.cut();
  assert.deepEqual(parlor.lines.filter((line) => line.includes("request_failed")), []);
});

testUnless(
  isDeno2_5 ? "node:http of Deno 2.5 upgrades whatever asks for it" : undefined,
  "a request that asks for HTTP/2 besides is answered as it stands (ws)",
  async () => {
    Parlor.wire = "ws";
    await using parlor = await Parlor.start().finally(() => Parlor.wire = "native");
    await parlor.signUp("asha");
    const { hostname, port, host } = new URL(parlor.address);
    using connection = await Deno.connect({ hostname, port: Number(port) });
    const body = JSON.stringify({ username: "asha", password });
    const headers = [
      "POST /accounts/api/login HTTP/1.1",
      `Host: ${host}`,
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    ];
    await connection.write(new TextEncoder().encode(`${headers.join("\r\n")}\r\n\r\n${body}`));
    const answer = new Uint8Array(4_096);
    const count = await connection.read(answer) ?? 0;
    assert.match(new TextDecoder().decode(answer.subarray(0, count)), /^HTTP\/1.1 200 /);
  },
);

test("the answer to a handshake names parlor.v1 alone, however the offer is written, and never a token", async () => {
  await using parlor = await Parlor.start();
  const { token } = await parlor.signUp("asha");
  const offers: [string, boolean][] = [
    [`parlor.v1, bearer.${token}`, true],
    [`parlor.v1,bearer.${token}`, true],
    [`bearer.${token},  parlor.v1`, true],
    [`bearer.${token}`, false],
    ["chat, superchat", false],
    ["", false],
  ];
  for (const [offer, isV1] of offers) {
    const head = await ask(parlor, "/ws/room/asha", { ...good, "sec-websocket-protocol": offer });
    assert.match(head, /^HTTP\/1.1 101 /, offer);
    assert.match(head, /^sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=$/mi);
    const protocol = /^sec-websocket-protocol: (.*)$/mi.exec(head)?.[1];
    assert.equal(protocol, isV1 ? "parlor.v1" : undefined, offer);
    assert.ok(!head.includes(token));
    assert.ok(!/^sec-websocket-extensions/mi.test(head), "nothing is compressed");
  }
});

test("a peer that ends without a close frame, by FIN or by RST, is gone within a second", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const { hub } = parlor.running.service;
  await parlor.open("/ws/room/asha", { protocols: v1() });
  for (const end of ["FIN", "RST"]) {
    const raws = await Promise.all(
      Array.from(
        { length: 20 },
        () => RawSocket.open(parlor.address, `/ws/chat/asha/${crypto.randomUUID()}`),
      ),
    );
    await eventually(() => hub.size === 21);
    // Closing a connection with unread data sends an RST.
    if (end === "RST") await Promise.all(raws.map((raw) => raw.send({ opcode: 9, payload: "unread pong" })));
    if (end === "RST") await new Promise((resolve) => setTimeout(resolve, 50));
    for (const raw of raws) raw.cut();
    await eventually(() => hub.size === 1, {
      ms: 1_000,
      state: () => `after ${end}: ${hub.size - 1} are there`,
    });
  }
});
