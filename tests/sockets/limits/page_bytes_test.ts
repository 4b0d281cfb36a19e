import assert from "node:assert/strict";
import { WebSocket } from "ws";
import { type Admin, Parlor, test, v1 } from "../../harness/parlor.ts";
import { closeCodes } from "../../../protocol/limits.ts";
import type { Client } from "../../harness/client.ts";
import { eventually } from "../../harness/eventually.ts";
import { closing, type Heard, opcodes, RawSocket } from "../wires/raw_socket.ts";

const most = 256 * 1024;
const long = "語".repeat(4_000);

/** Sizes of all frames that a socket receives. Bytes. */
function sizesOf({ socket }: Client): number[] {
  const sizes: number[] = [];
  (socket as WebSocket).on("message", (data: Uint8Array) => sizes.push(data.length));
  return sizes;
}

async function fill(parlor: Parlor, admin: Admin, rooms: number, messages: number): Promise<string[]> {
  const { store } = parlor.running.service.chat;
  const consumers = Array.from({ length: rooms }, () => crypto.randomUUID());
  await Promise.all(
    consumers.flatMap((consumer) =>
      Array.from({ length: messages }, (_, i) =>
        store.appendMessage({
          ...{ admin: admin.username, consumer, side: "visitor", kind: "text" },
          ...{ content: i % 5 === 3 ? "\u0001".repeat(4_000) : long, at: Date.now() + i },
        }))
    ),
  );
  return consumers;
}

const unmetered = {
  LIMIT_FRAMES_PER_SOCKET: "off",
  LIMIT_COST_PER_ADDRESS: "off",
  LIMIT_COST_PER_ACCOUNT: "off",
};

test("whatever others wrote, no answer is over 256 KiB, and the pages hold everything", async () => {
  await using parlor = await Parlor.start(unmetered);
  const asha = await parlor.signUp("asha");
  const consumers = await fill(parlor, asha, 60, 22);
  const inbox = await parlor.inbox(asha), sizes = sizesOf(inbox);
  const rooms: string[] = [];
  let cursor: string | undefined;
  while (true) {
    const page = await inbox.ask({ command: "fetch_rooms", limit: 100, cursor }, "room");
    rooms.push(...page.rooms.map(({ consumer }: { consumer: string }) => consumer));
    assert.equal(page.has_more, page.cursor !== undefined);
    if (!page.has_more) break;
    cursor = page.cursor;
  }
  assert.deepEqual(rooms.toSorted(), consumers.toSorted());
  const seqs: number[] = [];
  for (let after = 0, more = true; more; after = seqs.at(-1)!) {
    const page = await inbox.ask(
      { command: "fetch_messages", consumer: consumers[0], after, limit: 200 },
      "messages",
    );
    seqs.push(...page.messages.map(({ seq }: { seq: number }) => seq));
    more = page.has_more;
  }
  for (let before: number | undefined, more = true; more;) {
    const page = await inbox.ask(
      { command: "fetch_messages", consumer: consumers[0], before, limit: 200 },
      "messages",
    );
    assert.equal(page.messages.at(-1).seq, (before ?? 23) - 1);
    before = page.messages[0].seq;
    more = page.has_more;
    if (!more) assert.equal(before, 1);
  }
  assert.deepEqual(seqs, Array.from({ length: 22 }, (_, i) => i + 1));
  assert.ok(Math.max(...sizes) <= most, `${Math.max(...sizes)} bytes`);
  assert.ok(Math.max(...sizes) > most / 2, "a page is filled");
});

test("a client of the original contract gets the newest, and as little", async () => {
  await using parlor = await Parlor.start(unmetered);
  const asha = await parlor.signUp("asha");
  const [consumer] = await fill(parlor, asha, 1, 60);
  await fill(parlor, asha, 49, 20);
  const headers = { cookie: asha.cookie };
  const chat = await parlor.open(`/ws/chat/asha/${consumer}`), sizes = sizesOf(chat);
  const { messages } = await chat.ask({ command: "fetch_messages" }, "messages");
  assert.equal(messages.at(-1).seq, 60);
  assert.ok(messages.length > 10 && messages.length < 60);
  const inbox = await parlor.open("/ws/room/asha", { headers }), inboxSizes = sizesOf(inbox);
  const { rooms } = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.ok(rooms.length > 10 && rooms.length < 50);
  assert.ok(Math.max(...sizes, ...inboxSizes) <= most);
});

/** A client that requests pages of a long room and does not read until it is asked to. */
async function slowReader(parlor: Parlor): Promise<RawSocket> {
  const asha = await parlor.signUp("asha");
  const [consumer] = await fill(parlor, asha, 1, 60);
  return RawSocket.open(parlor.address, `/ws/chat/asha/${consumer}`, {
    "sec-websocket-protocol": v1(asha.token).join(", "),
  });
}
const ask = { opcode: opcodes.text, payload: JSON.stringify({ command: "fetch_messages", limit: 200 }) };

test("a reader that asks for more than it takes is answered as it takes, not dropped", async () => {
  await using parlor = await Parlor.start(unmetered);
  const slow = await slowReader(parlor);
  await slow.send(...Array.from({ length: 40 }, () => ask));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  for (let answered = 0; answered < 40;) {
    const { opcode, payload } = await slow.next() ?? assert.fail("cut off");
    assert.notEqual(opcode, opcodes.close);
    if (new TextDecoder().decode(payload).includes('"command":"messages"')) answered++;
  }
  slow.cut();
});

test("a reader that takes nothing for 10 s is dropped, however little it was handed", async () => {
  await using parlor = await Parlor.start(unmetered);
  const slow = await slowReader(parlor);
  const { hub } = parlor.running.service;
  await eventually(() => hub.size === 1);
  await slow.send(...Array.from({ length: 60 }, () => ask));
  // Responses are queued above 512 KiB, so that the socket never reaches the size at which a reader is
  // dropped immediately.
  await eventually(() => hub.size === 0, { ms: 30_000 });
  let last: Heard | undefined;
  do last = await slow.next(); while (last && last.opcode !== opcodes.close);
  assert.deepEqual(last?.payload.subarray(0, 2), closing(closeCodes.slowOrSilent));
  slow.cut();
});

test("what waits for peers that do not read is bounded for all of them together", async () => {
  await using parlor = await Parlor.start(unmetered);
  const asha = await parlor.signUp("asha");
  const [consumer] = await fill(parlor, asha, 1, 60);
  const path = `/ws/chat/asha/${consumer}`,
    frame = JSON.stringify({ command: "typing", pad: "x".repeat(60_000) });
  const slow = await Promise.all(
    Array.from({ length: 24 }, () => parlor.open(path, { protocols: v1(asha.token) })),
  );
  const { hub } = parlor.running.service, before = hub.size;
  for (const one of slow) {
    one.socket.pause();
    for (let i = 0; i < 20; i++) one.send({ command: "fetch_messages", limit: 200 });
    for (let i = 0; i < 14; i++) one.send(frame);
  }
  // Each socket stays below its limit; together they would buffer 20 MB.
  await eventually(() => hub.size < before, { ms: 9_000 });
  const vera = await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`, { protocols: v1() });
  assert.equal((await vera.say("Hello")).content, "Hello");
  for (const one of slow) one.socket.resume();
  await slow[0]!.until(() => slow.some(({ code }) => code === closeCodes.tooMany));
});

test("lists of blocked visitors and of sessions are cut at 256 KiB, the latest first", async () => {
  await using parlor = await Parlor.start(unmetered);
  const asha = await parlor.signUp("asha");
  const { store } = parlor.running.service.chat, at = Date.now();
  const name = "\u0001".repeat(100);
  const make = async (_: unknown, i: number) => {
    const key = { admin: "asha", consumer: `visitor-${i}` };
    await store.saveVisitor(key, { name }, at);
    await store.appendMessage({ ...key, side: "visitor", kind: "text", content: "Hello", at });
    await store.blockVisitor(key, at + i);
    await store.openSession({
      ...{
        jti: `session-${i}`,
        username: "asha",
        created: at + i,
        expires: at + 1e6,
        agent: "\u0001".repeat(300),
      },
    });
  };
  await Promise.all(Array.from({ length: 520 }, make));
  const list = async (path: string) => {
    const text = await (await parlor.fetch(path, { headers: { cookie: asha.cookie } })).text();
    assert.ok(new TextEncoder().encode(text).length <= most, `${path}: ${text.length}`);
    return JSON.parse(text);
  };
  const { blocked, has_more } = await list("/messages/api/blocked");
  assert.ok(blocked.length > 100 && has_more);
  assert.equal(blocked[0].room.consumer, "visitor-519");
  const { sessions, ...rest } = await list("/messages/api/sessions");
  assert.ok(sessions.length > 100 && rest.has_more);
  assert.equal(sessions[0].id, "session-519");
});
