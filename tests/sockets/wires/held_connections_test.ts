import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { Parlor, refusal, test } from "../../harness/parlor.ts";
import { encode, opcodes, RawSocket } from "./raw_socket.ts";

const nobody = "/ws/chat/nobody/0198a9a0-0000-7000-8000-000000000001";

/** Reads all frames and answers only pings. */
async function keep(raw: RawSocket): Promise<void> {
  for (let frame; (frame = await raw.next().catch(() => undefined)) !== undefined;) {
    if (frame.opcode === opcodes.ping) await raw.write(encode({ ...frame, opcode: opcodes.pong }));
  }
}

test("a socket that the service closed counts for its address until the peer has left", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "3" });
  const { sockets } = parlor.running.service;
  const peers: RawSocket[] = [], kept: Promise<void>[] = [];
  for (let i = 0; i < 3; i++) {
    const raw = await RawSocket.open(parlor.address, nobody);
    peers.push(raw);
    kept.push(keep(raw));
  }
  await eventually(() => sockets.connections.closing === 3);
  assert.deepEqual(sockets.connections, { open: 0, closing: 3 });
  await assert.rejects(RawSocket.open(parlor.address, nobody), refusal(429));
  const metrics = await (await parlor.fetch("/metrics")).text();
  assert.match(metrics, /parlor_socket_connections\{state="closing"\} 3/);
  // The native wire waits for the peer; the other one closes the connection.
  if (parlor.wire === "native") { for (const one of peers) one.cut(); }
  await eventually(() => sockets.size === 0, { ms: 10_000 });
  assert.deepEqual(sockets.connections, { open: 0, closing: 0 });
  await Promise.all(kept);
  if (parlor.wire === "ws") { for (const one of peers) one.cut(); }
});

test("of sockets that have shown no token and said nothing an address has fewer", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const mute = await Promise.all(
    Array.from({ length: 100 }, () => parlor.chat(asha, crypto.randomUUID())),
  );
  await assert.rejects(
    RawSocket.open(parlor.address, `/ws/chat/asha/${crypto.randomUUID()}`),
    refusal(429),
  );
  await (await parlor.chat(asha, crypto.randomUUID(), asha.token)).next("welcome");
  await mute[0]!.ask({ command: "fetch_messages" }, "messages");
  const next = await parlor.chat(asha, crypto.randomUUID());
  await next.next("welcome");
});

test("where sockets are not limited, those that say nothing are not either", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  for (let i = 0; i < 110; i++) await (await parlor.chat(asha, crypto.randomUUID())).next("welcome");
});
