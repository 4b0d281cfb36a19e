import assert from "node:assert/strict";
import { Parlor, refusedWith, test } from "../../harness/parlor.ts";

test("a visitor's 21st message in ten seconds waits, the admin's does not", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const visitor = await parlor.chat(asha, vera), admin = await parlor.chat(asha, vera, asha.token);
  const began = performance.now();
  let stored = 0;
  const isRefused = () => visitor.frames.some(({ command }) => command === "error");
  while (!isRefused()) {
    visitor.send({ command: "new_message", client_id: `${++stored}`, message: { content: "a line" } });
    const isAnswered = () => visitor.frames.some(({ message }) => message?.client_id === `${stored}`);
    await visitor.until(() => isAnswered() || isRefused());
  }
  // One token is added every half second; a loaded machine may need that long.
  const most = 20 + Math.ceil((performance.now() - began) / 500);
  assert.ok(stored > 20 && stored <= most + 1, `the ${stored}th of ${most} was refused`);
  const { error, client_id } = await visitor.next("error");
  assert.equal(error.code, "rate_limited");
  assert.ok(error.retry_after_ms > 0 && error.retry_after_ms <= 1_000, String(error.retry_after_ms));
  assert.equal(client_id, `${stored}`);
  for (let i = 0; i < 30; i++) await admin.say(`answer ${i}`);
  await new Promise((resolve) => setTimeout(resolve, error.retry_after_ms));
  assert.equal((await visitor.say("a line", { client_id: `${stored}` })).seq, stored + 30);
});

test("one address may write so many messages over all rooms and open so many rooms, and no more", async () => {
  await using parlor = await Parlor.start({
    LIMIT_ROOMS_PER_ADDRESS: "3/600",
    LIMIT_MESSAGES_PER_ADDRESS: "10/1000",
  });
  const asha = await parlor.signUp("asha");
  const lobby = await parlor.open("/ws/room/asha");
  for (let i = 0; i < 2; i++) {
    await lobby.ask({ command: "new_room", consumer: crypto.randomUUID() }, "new_room");
  }
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("makes the third room");
  assert.equal((await lobby.ask({ command: "new_room", consumer }, "room_exists")).command, "room_exists");
  const fourth = await parlor.chat(asha, crypto.randomUUID());
  for (
    const refused of [
      await lobby.ask({ command: "new_room", consumer: crypto.randomUUID() }, "error"),
      await fourth.ask({ command: "new_message", message: { content: "a fourth room" } }, "error"),
    ]
  ) assert.equal(refused.error.code, "rate_limited");
  for (let i = 0; i < 8; i++) await visitor.say(`line ${i}`);
  const refused = await visitor.ask(
    { command: "new_message", message: { content: "one too many" } },
    "error",
  );
  assert.equal(refused.error.code, "rate_limited");
});

test("of 1,000 rooms that one address asks for there are as many as it may have, over however many sockets", async () => {
  await using parlor = await Parlor.start({ LIMIT_FRAMES_PER_SOCKET: "off" });
  const asha = await parlor.signUp("asha");
  const began = performance.now();
  const lobbies = await Promise.all(Array.from({ length: 20 }, () => parlor.open("/ws/room/asha")));
  for (const lobby of lobbies) {
    for (let i = 0; i < 50; i++) lobby.send({ command: "new_room", consumer: crypto.randomUUID() });
  }
  const refused = () =>
    lobbies.flatMap(({ frames }) => frames).filter(({ error }) => error?.code === "rate_limited").length;
  const made = () => parlor.running.service.chat.store.roomCounts("asha");
  await lobbies[0]!.until(() => refused() >= 980);
  // Ten at once, then one every six seconds.
  const most = 10 + Math.floor((performance.now() - began) / 6_000);
  const inbox = await parlor.inbox(asha);
  await inbox.ask({ command: "fetch_rooms" }, "room");
  const { open } = await made();
  assert.ok(open >= 10 && open <= most, `${open} rooms of at most ${most}`);
});

test("too many sockets of one address are refused at the handshake; one that ends makes room", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "3" });
  const asha = await parlor.signUp("asha");
  const [first] = [
    await parlor.chat(asha, crypto.randomUUID()),
    await parlor.chat(asha, crypto.randomUUID()),
  ];
  await parlor.chat(asha, crypto.randomUUID());
  assert.equal((await parlor.chat(asha, crypto.randomUUID())).code, refusedWith(429));
  first.close();
  await first.closed();
  const next = await parlor.chat(asha, crypto.randomUUID());
  await next.next("welcome");
});

test("a socket that floods frames is closed with 4429", async () => {
  await using parlor = await Parlor.start({ LIMIT_FRAMES_PER_SOCKET: "10/1000" });
  const asha = await parlor.signUp("asha");
  const visitor = await parlor.chat(asha, crypto.randomUUID());
  for (let i = 0; i < 11; i++) visitor.send({ command: "fetch_messages" });
  assert.equal(await visitor.closed(), 4429);
});

test("behind a trusted proxy the address is the last of X-Forwarded-For, which a client cannot choose", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "1", TRUST_PROXY: "on" });
  await parlor.signUp("asha");
  const open = async (forwarded: string) =>
    (await parlor.open("/ws/room/asha", { headers: { "x-forwarded-for": forwarded } })).code;
  assert.equal(await open("198.51.100.7"), undefined);
  assert.equal(await open("203.0.113.9, 198.51.100.7"), refusedWith(429));
  assert.equal(await open("198.51.100.7, 203.0.113.9"), undefined);
  assert.equal(await open("2001:db8::1"), undefined);
  assert.equal(await open("2001:db8::2"), refusedWith(429), "one /64 is one address");
  assert.equal(await open("198.51.100.7:4711"), refusedWith(429), "a port makes no other address");
  assert.equal(await open("[2001:db8::3]:4711"), refusedWith(429));
  assert.equal(await open("[2001:db8::4]"), refusedWith(429));
});

test("a peer that reads nothing is dropped with its buffer, and its room goes on", async () => {
  await using parlor = await Parlor.start({ LIMIT_FRAMES_PER_SOCKET: "off" });
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const stuck = await parlor.chat(asha, vera), admin = await parlor.chat(asha, vera, asha.token);
  await stuck.next("welcome");
  stuck.socket.pause();
  const before = parlor.running.service.hub.size;
  const text = "語".repeat(4_000);
  for (let i = 0; i < 4_000 && parlor.running.service.hub.size === before; i++) await admin.say(text);
  assert.equal(parlor.running.service.hub.size, before - 1);
  assert.equal((await admin.say("still here")).content, "still here");
});
