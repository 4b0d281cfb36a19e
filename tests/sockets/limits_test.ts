import assert from "node:assert/strict";
import { Parlor, refusedWith, test } from "../parlor.ts";

test("a visitor's 21st message in ten seconds waits, the admin's does not", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  const visitor = await parlor.chat(asha, vera), admin = await parlor.chat(asha, vera, asha.token);
  for (let i = 0; i < 20; i++) await visitor.say(`line ${i}`);
  visitor.send({ command: "new_message", client_id: "late", message: { content: "line 20" } });
  const { error, client_id } = await visitor.next("error");
  assert.equal(error.code, "rate_limited");
  assert.ok(error.retry_after_ms > 0 && error.retry_after_ms <= 1_000, String(error.retry_after_ms));
  assert.equal(client_id, "late");
  for (let i = 0; i < 30; i++) await admin.say(`answer ${i}`);
  await new Promise((resolve) => setTimeout(resolve, error.retry_after_ms));
  assert.equal((await visitor.say("line 20", { client_id: "late" })).content, "line 20");
});

test("one address may write 60 messages in ten seconds over all rooms and open 10 rooms a minute", async () => {
  await using parlor = await Parlor.start({
    LIMIT_ROOMS_PER_ADDRESS: "3/60",
    LIMIT_MESSAGES_PER_ADDRESS: "10/10",
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
  await using parlor = await Parlor.start({ LIMIT_FRAMES_PER_SOCKET: "10/10" });
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
  for (let i = 0; i < 1_500 && parlor.running.service.hub.size === before; i++) await admin.say(text);
  assert.equal(parlor.running.service.hub.size, before - 1);
  assert.equal((await admin.say("still here")).content, "still here");
});
