import assert from "node:assert/strict";
import { Parlor, test, v1 } from "../harness/parlor.ts";

test("the first frame is a welcome that says who one is", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, token } = await parlor.visit(asha);
  const visitor = await parlor.chat(asha, consumer, token);
  const welcome = await visitor.next("welcome");
  assert.deepEqual(welcome.you, { kind: "visitor", name: consumer });
  assert.equal(welcome.online, false);
  assert.equal(welcome.limits.content, 4_000);
  assert.equal(visitor.socket.protocol, "parlor.v1");
  const admin = await parlor.chat(asha, consumer, asha.token);
  assert.deepEqual((await admin.next("welcome")).you, { kind: "admin", name: "asha" });
});

test("the same client_id is stored once and answered with the stored message each time", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const [one, two] = [await parlor.chat(asha, vera), await parlor.chat(asha, vera)];
  const first = await one.say("Hello", { client_id: "c1" });
  await two.next("new_message");
  const again = await one.say("Hello, changed", { client_id: "c1" });
  assert.deepEqual(again, first);
  assert.equal(first.client_id, "c1");
  await two.hearsNo("new_message");
  const { messages } = await two.ask({ command: "fetch_messages" }, "messages");
  assert.deepEqual(messages, [first]);
});

test("a refused message names its client_id", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const visitor = await parlor.chat(asha, crypto.randomUUID());
  visitor.send({ command: "new_message", client_id: "c1", message: { content: "" } });
  const refused = await visitor.next("error");
  assert.deepEqual([refused.error.code, refused.re, refused.client_id], [
    "invalid_input",
    "new_message",
    "c1",
  ]);
});

test("a client resumes after its last seq, page by page, and starts anew in another epoch", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const admin = await parlor.chat(asha, vera, asha.token);
  for (let i = 1; i <= 25; i++) await admin.say(`line ${i}`);
  const seqs = (frame: { messages: { seq: number }[] }) => frame.messages.map(({ seq }) => seq);
  const ask = (more: object) => admin.ask({ command: "fetch_messages", ...more }, "messages");

  const first = await ask({ after: 3, limit: 10 });
  assert.deepEqual(seqs(first as never), [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  assert.equal(first.has_more, true);
  const rest = await ask({ after: 13, limit: 200, epoch: first.epoch });
  assert.deepEqual([seqs(rest as never).length, rest.has_more, rest.recovered], [12, false, undefined]);
  const older = await ask({ before: 4, limit: 2 });
  assert.deepEqual([seqs(older as never), older.has_more], [[2, 3], true]);
  const lost = await ask({ after: 13, limit: 5, epoch: "another life" });
  assert.deepEqual([seqs(lost as never), lost.recovered], [[21, 22, 23, 24, 25], false]);
  admin.send({ command: "fetch_messages", after: 1, before: 9 });
  assert.equal((await admin.next("error")).error.code, "invalid_input");
  admin.send({ command: "fetch_messages", limit: 201 });
  assert.equal((await admin.next("error")).error.code, "invalid_input");
});

test("one subscribed socket carries all rooms of its admin, and no other admin's", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const inbox = await parlor.inbox(asha), brunos = await parlor.inbox(bruno);
  const [vera, victor] = [crypto.randomUUID(), crypto.randomUUID()];
  const atVera = await parlor.chat(asha, vera), atVictor = await parlor.chat(asha, victor);
  await atVera.say("from vera");
  await atVictor.say("from victor");
  const heard = [await inbox.next("new_message"), await inbox.next("new_message")];
  assert.deepEqual(heard.map((f) => [f.consumer, f.message.content]), [[vera, "from vera"], [
    victor,
    "from victor",
  ]]);

  inbox.send({ command: "new_message", consumer: vera, client_id: "a1", message: { content: "for vera" } });
  assert.equal((await inbox.next("new_message")).message.client_id, "a1");
  assert.equal((await atVera.next("new_message")).message.author, "asha");
  await atVictor.hearsNo("new_message");
  const page = await inbox.ask({ command: "fetch_messages", consumer: vera }, "messages");
  assert.deepEqual([page.consumer, page.messages.length], [vera, 2]);
  for (const command of ["new_message", "new_room", "presence"]) await brunos.hearsNo(command, 20);
});

test("room commands on the room socket need subscribe and a consumer", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const socket = await parlor.open("/ws/room/asha", { protocols: v1(asha.token) });
  const frames = [
    { command: "new_message", message: { content: "x" } },
    { command: "fetch_messages" },
    { command: "read", seq: 1 },
    { command: "typing", typing: true },
  ];
  for (const frame of frames) {
    socket.send({ ...frame, consumer: crypto.randomUUID() });
    assert.equal((await socket.next("error")).error.code, "forbidden", frame.command);
  }
  await socket.ask({ command: "subscribe" }, "subscribed");
  for (const frame of frames) {
    socket.send(frame);
    assert.equal((await socket.next("error")).error.code, "invalid_input", frame.command);
  }
});

test("typing goes to the other side alone, at most once a second, the last state last", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const [one, two] = [await parlor.chat(asha, vera), await parlor.chat(asha, vera)];
  const admin = await parlor.chat(asha, vera, asha.token), inbox = await parlor.inbox(asha);
  for (let i = 0; i < 10; i++) one.send({ command: "typing", typing: true });
  one.send({ command: "typing", typing: false });
  assert.deepEqual(await admin.next("typing"), { command: "typing", typing: true });
  assert.deepEqual(await inbox.next("typing"), { command: "typing", typing: true, consumer: vera });
  await two.hearsNo("typing", 100);
  assert.equal((await admin.next("typing")).typing, false);
  await admin.hearsNo("typing", 100);
  inbox.send({ command: "typing", consumer: vera, typing: true });
  await Promise.all([one.next("typing"), two.next("typing")]);
});

test("a read mark moves forward only, is told to the room's other sockets, and is kept", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const visitor = await parlor.chat(asha, vera), inbox = await parlor.inbox(asha);
  for (let i = 0; i < 3; i++) await visitor.say(`line ${i}`);
  const unread = async () => (await inbox.ask({ command: "fetch_rooms" }, "room")).rooms[0];
  assert.equal((await unread()).unread, 3);

  inbox.send({ command: "read", consumer: vera, seq: 2 });
  assert.deepEqual(await visitor.next("read"), { command: "read", by: "admin", seq: 2 });
  await inbox.hearsNo("read", 50);
  inbox.send({ command: "read", consumer: vera, seq: 1 });
  inbox.send({ command: "read", consumer: vera, seq: 99 });
  assert.equal((await visitor.next("read")).seq, 3, "past the head is the head; back is nothing");
  assert.deepEqual([(await unread()).unread, (await unread()).read], [0, { admin: 3, visitor: 3 }]);
});

test("presence: a visitor comes and goes to the admin, the admin's portal to the visitors", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const visitor = await parlor.chat(asha, vera);
  await visitor.say("Hello");
  const inbox = await parlor.inbox(asha);
  assert.deepEqual(await visitor.next("presence"), { command: "presence", online: true });
  assert.equal((await inbox.ask({ command: "fetch_rooms" }, "room")).rooms[0].online, true);
  visitor.close();
  assert.deepEqual(await inbox.next("presence"), { command: "presence", consumer: vera, online: false });
  const back = await parlor.chat(asha, vera);
  assert.deepEqual(await inbox.next("presence"), { command: "presence", consumer: vera, online: true });
  assert.equal((await back.next("welcome")).online, true);
  inbox.close();
  assert.deepEqual(await back.next("presence"), { command: "presence", online: false });
});

test("resolving is told, stands in the thread, and a visitor's next message reopens", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const visitor = await parlor.chat(asha, vera),
    inbox = await parlor.inbox(asha),
    second = await parlor.inbox(asha);
  await visitor.say("Hello");
  inbox.send({ command: "update_room", consumer: vera, status: "resolved" });
  for (const socket of [inbox, second]) {
    const { room } = await socket.next("room_updated");
    assert.deepEqual([room.status, room.status_by, room.unread], ["resolved", "asha", 0]);
  }
  const { message } = await visitor.next("new_message");
  assert.deepEqual([message.kind, message.content, message.author, message.seq], [
    "status",
    "resolved",
    "asha",
    2,
  ]);
  const listed = async (status: string) =>
    (await inbox.ask({ command: "fetch_rooms", status }, "room")).rooms.map((room: { consumer: string }) =>
      room.consumer
    );
  assert.deepEqual([await listed("open"), await listed("resolved")], [[], [vera]]);

  await visitor.say("One more thing");
  assert.equal((await second.next("room_updated")).room.status, "open");
  assert.deepEqual([await listed("open"), await listed("unread"), await listed("resolved")], [
    [vera],
    [vera],
    [],
  ]);
  visitor.send({ command: "update_room", consumer: vera, status: "resolved" });
  assert.equal((await visitor.next("error")).error.code, "forbidden");
  inbox.send({ command: "update_room", consumer: crypto.randomUUID(), status: "resolved" });
  assert.equal((await inbox.next("error")).error.code, "invalid_input");
});

test("the inbox comes in pages that miss and double nothing", async () => {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  const inbox = await parlor.inbox(asha);
  const lobby = await parlor.open("/ws/room/asha");
  const consumers = Array.from({ length: 23 }, () => crypto.randomUUID());
  for (const consumer of consumers) await lobby.ask({ command: "new_room", consumer }, "new_room");
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.ask({ command: "fetch_rooms", limit: 5, cursor }, "room");
    seen.push(...page.rooms.map((room: { consumer: string }) => room.consumer));
    assert.equal(page.has_more, page.cursor !== undefined);
    cursor = page.cursor;
  } while (cursor);
  assert.deepEqual(seen, consumers.toReversed());
  const found = await inbox.ask(
    { command: "fetch_rooms", q: consumers[7]!.slice(0, 12).toUpperCase() },
    "room",
  );
  assert.deepEqual(found.rooms.map((room: { consumer: string }) => room.consumer), [consumers[7]]);
});

test("a change of the chatbot reaches every parlor.v1 socket of it", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const sockets = [
    await parlor.chat(asha, crypto.randomUUID()),
    await parlor.inbox(asha),
    await parlor.open("/ws/room/asha", { protocols: v1() }),
  ];
  const other = await parlor.chat(bruno, crypto.randomUUID());
  await parlor.post("/chatbot/api", { title: "Asha's shop", allowed_origins: [] }, { cookie: asha.cookie });
  for (const socket of sockets) {
    const { chatbot } = await socket.next("chatbot_updated", 2_000);
    assert.deepEqual([chatbot.title, chatbot.username, chatbot.allowed_origins], [
      "Asha's shop",
      "asha",
      undefined,
    ]);
  }
  await other.hearsNo("chatbot_updated", 50);
});

test("both sides may count their messages from 1: neither is answered with the other's", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vera = await parlor.visit(asha);
  const visitor = await parlor.chat(asha, vera.consumer, vera.token);
  const admin = await parlor.chat(asha, vera.consumer, asha.token);
  await visitor.say("hello", { client_id: "1" });
  await admin.next("new_message");
  const answer = await admin.say("welcome", { client_id: "1" });
  assert.deepEqual([answer.content, answer.seq, answer.side], ["welcome", 2, "admin"]);
  assert.equal((await visitor.next("new_message")).message.content, "welcome");
  const again = await visitor.say("hello?", { client_id: "1" });
  assert.deepEqual([again.content, again.seq, again.side], ["hello", 1, "visitor"]);
});
