import assert from "node:assert/strict";
import { type Admin, Parlor, test as onEachWire } from "../harness/parlor.ts";
import { joinTeam } from "../harness/team.ts";

/** Members of asha's workspace in the test that runs. */
let members = 1;

/** What holds for an admin alone and, unchanged, for a workspace of three members. */
function test(name: string, run: () => Promise<void>): void {
  for (const count of [1, 3]) {
    onEachWire(count === 1 ? name : `in a workspace of three members: ${name}`, () => {
      members = count;
      return run();
    });
  }
}

async function signUpAsha(parlor: Parlor): Promise<Admin> {
  const asha = await parlor.signUp("asha");
  for (const name of ["ben", "zoe"].slice(0, members - 1)) await joinTeam(parlor, asha, name, { name });
  return asha;
}

test("a message reaches every chat socket of its room, the sender's too, and no other room", async () => {
  await using parlor = await Parlor.start();
  const asha = await signUpAsha(parlor);
  const [vera, victor] = [crypto.randomUUID(), crypto.randomUUID()];
  const atVera = await parlor.open(`/ws/chat/asha/${vera}`);
  const atVictor = await parlor.open(`/ws/chat/asha/${victor}`);
  const atAsha = await parlor.open(`/ws/chat/asha/${vera}`, { headers: { cookie: asha.cookie } });

  atVera.send({ command: "new_message", message: { author: "asha", content: " Where is my order?\n" } });
  const heard = await atVera.next("new_message");
  assert.deepEqual(await atAsha.next("new_message"), heard);
  const { id, created, ...message } = heard.message;
  assert.deepEqual(message, {
    author: vera,
    side: "visitor",
    content: " Where is my order?\n",
    room: `asha ${vera}`,
    seq: 1,
    kind: "text",
  });
  assert.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(id);
  await atVictor.hearsNo("new_message");
});

test("the admin hears of a new room before its first message, and only its own admin does", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await signUpAsha(parlor), await parlor.signUp("bruno")];
  const inbox = await parlor.inbox(asha), brunos = await parlor.inbox(bruno);
  const stranger = await parlor.open("/ws/room/asha");
  const vera = crypto.randomUUID();
  const atVera = await parlor.open(`/ws/chat/asha/${vera}`);
  await atVera.say("Hello");

  await inbox.next("new_message");
  const commands = inbox.frames.map((frame) => frame.command);
  assert.ok(commands.includes("new_room"), "the room came, before the message that was waited for");
  await brunos.hearsNo("new_room");
  assert.deepEqual(stranger.frames, []);
});

test("a client without the subprotocol hears nothing of section 3, whatever the others do", async () => {
  await using parlor = await Parlor.start();
  const asha = await signUpAsha(parlor);
  const vera = crypto.randomUUID();
  const seedVisitor = await parlor.open(`/ws/chat/asha/${vera}`);
  const seedInbox = await parlor.open("/ws/room/asha", { headers: { cookie: asha.cookie } });
  const modern = await parlor.inbox(asha);
  await seedVisitor.say("Hello");
  modern.send({ command: "typing", consumer: vera, typing: true });
  modern.send({ command: "read", consumer: vera, seq: 1 });
  await modern.ask({ command: "update_room", consumer: vera, status: "resolved" }, "room_updated");
  await parlor.post("/chatbot/api", { title: "New" }, { cookie: asha.cookie });

  for (const command of ["subscribe", "typing", "read", "update_room"]) {
    seedVisitor.send({ command, typing: true, seq: 1, consumer: vera, status: "open" });
    assert.equal((await seedVisitor.next("error")).error.code, "unknown_command");
  }
  const { messages } = await seedVisitor.ask({ command: "fetch_messages", limit: 1, after: 5 }, "messages");
  assert.deepEqual(messages.map((message: { content: string }) => message.content), ["Hello"]);
  const page = await seedInbox.ask({ command: "fetch_rooms", limit: 1 }, "room");
  assert.deepEqual(Object.keys(page), ["command", "rooms"]);
  assert.deepEqual(page.rooms[0].messages.length, 1);
  const known = ["messages", "new_message", "room", "new_room", "room_exists", "error"];
  for (const { command } of [...seedVisitor.frames, ...seedInbox.frames]) {
    assert.ok(known.includes(command), command);
  }
});

test("fetch_messages answers the newest 100, fetch_rooms the newest 20 of each room", async () => {
  await using parlor = await Parlor.start();
  const asha = await signUpAsha(parlor);
  const vera = crypto.randomUUID();
  const admin = await parlor.open(`/ws/chat/asha/${vera}`, { headers: { cookie: asha.cookie } });
  for (let i = 1; i <= 130; i++) await admin.say(`line ${i}`);
  const { messages } = await admin.ask({ command: "fetch_messages" }, "messages");
  assert.deepEqual(
    messages.map((m: { seq: number }) => m.seq),
    Array.from({ length: 100 }, (_, i) => i + 31),
  );
  const inbox = await parlor.open("/ws/room/asha", { headers: { cookie: asha.cookie } });
  const { rooms } = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.deepEqual(
    rooms[0].messages.map((m: { seq: number }) => m.seq),
    Array.from({ length: 20 }, (_, i) => i + 111),
  );
});

test("of 100 askers for one new room, one is told it is new and the admin hears it once", async () => {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "off" });
  const asha = await signUpAsha(parlor);
  const inbox = await parlor.inbox(asha);
  const consumer = crypto.randomUUID();
  const askers = await Promise.all(Array.from({ length: 100 }, () => parlor.open("/ws/room/asha")));
  for (const asker of askers) asker.send({ command: "new_room", consumer });
  await Promise.all(askers.map((asker) => asker.until(() => asker.frames.length > 0)));
  const heard = askers.flatMap((asker) => asker.frames.map((frame) => frame.command));
  assert.equal(heard.filter((command) => command === "new_room").length, 1);
  assert.equal(heard.filter((command) => command === "room_exists").length, 99);
  await inbox.next("new_room");
  await inbox.hearsNo("new_room");
});

test("bad frames are answered with a code and leave the socket open; the twentieth in a row ends it", async () => {
  await using parlor = await Parlor.start();
  await signUpAsha(parlor);
  const visitor = await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`);
  const table: [unknown, string][] = [
    ["{", "bad_json"],
    ["", "bad_json"],
    ["[1]", "invalid_input"],
    ["null", "invalid_input"],
    ['"new_message"', "invalid_input"],
    [{}, "invalid_input"],
    [{ command: 7 }, "invalid_input"],
    [{ command: "drop_tables" }, "unknown_command"],
    [{ command: "__proto__" }, "unknown_command"],
    [{ command: "new_message" }, "invalid_input"],
    [{ command: "new_message", message: { content: { $ne: 1 } } }, "invalid_input"],
    [{ command: "new_message", message: { content: ["a"] } }, "invalid_input"],
    ['{"command":"new_message","message":{"content":"\\ud800"}}', "invalid_input"],
    [{ command: "new_message", message: { content: "a\0b" } }, "invalid_input"],
    [{ command: "new_message", message: { content: " \n\t " } }, "invalid_input"],
    [{ command: "new_message", message: { content: "x".repeat(4_001) } }, "too_long"],
    [{ command: "new_message", message: { content: "🙂".repeat(4_001) } }, "too_long"],
    [new Uint8Array([1, 2, 3]), "invalid_input"],
  ];
  for (const [frame, code] of table) {
    visitor.send(frame);
    assert.equal((await visitor.next("error")).error.code, code, String(JSON.stringify(frame)).slice(0, 80));
  }
  assert.equal((await visitor.say("🙂".repeat(4_000))).seq, 1, "nothing of it was stored");
  for (let i = 0; i < 20; i++) visitor.send("{");
  assert.equal(await visitor.closed(), 4400);
});

test("a frame over 64 KiB closes with 1009, counted in bytes; one at the limit is read", async () => {
  await using parlor = await Parlor.start();
  await signUpAsha(parlor);
  const path = `/ws/chat/asha/${crypto.randomUUID()}`;
  const big = await parlor.open(path);
  big.send("x".repeat(64 * 1024 + 1));
  assert.equal(await big.closed(), 1009);
  const wide = await parlor.open(path);
  wide.send("語".repeat(22_000));
  assert.equal(await wide.closed(), 1009);
  const full = await parlor.open(path);
  full.send("x".repeat(64 * 1024));
  assert.equal((await full.next("error")).error.code, "bad_json");
});
