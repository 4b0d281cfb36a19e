import assert from "node:assert/strict";
import { Parlor, refusedWith, test, v1 } from "../harness/parlor.ts";

test("a consumer id that is the admin's name, in any case, is refused wherever one enters", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha_the_owner_of_the_shop"), path = asha.username;
  for (const consumer of [path, path.toUpperCase(), "Asha_The_Owner_Of_The_Shop"]) {
    assert.equal((await parlor.fetch(`/chatbot/${path}/${consumer}`)).status, 403, consumer);
    const session = await parlor.post(`/chatbot/api/${path}/session`, { consumer });
    assert.equal(session.ok, false, consumer);
    const chat = await parlor.open(`/ws/chat/${path}/${consumer}`);
    assert.equal(await chat.closed() >= 4401, true, consumer);
    const expires = Date.now() + 60_000;
    // A token issued by an earlier version.
    const { store, tokens } = parlor.running.service.chat;
    const token = await tokens.signVisitor((await store.account(path))!, consumer, expires);
    const renewed = await parlor.post(`/chatbot/api/${path}/session`, { consumer, token });
    assert.equal(renewed.status, 403, consumer);
    assert.equal(await (await parlor.chat(asha, consumer, token)).closed(), 4403);
    assert.equal(await (await parlor.open(`/ws/room/${path}`, { protocols: v1(token) })).closed(), 4403);
    const stranger = await parlor.open(`/ws/room/${path}`);
    assert.equal((await stranger.ask({ command: "new_room", consumer }, "error")).error.code, "forbidden");
    const inbox = await parlor.inbox(asha);
    assert.equal((await inbox.ask({ command: "new_room", consumer }, "error")).error.code, "forbidden");
    const message = { command: "new_message", consumer, message: { content: "hello" } };
    assert.equal((await inbox.ask(message, "error")).error.code, "forbidden");
  }
  assert.deepEqual(await parlor.running.service.chat.store.roomCounts(path), {
    open: 0,
    resolved: 0,
    unread: 0,
  });
});

test("the test page answers an id that only looks like the admin's name, and another admin's name", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha"), await parlor.signUp("bruno");
  for (const consumer of ["asha_", "a-sha", "bruno"]) {
    assert.equal((await parlor.fetch(`/chatbot/asha/${consumer}`)).status, 200, consumer);
  }
  assert.equal((await parlor.fetch("/chatbot/asha/asha")).status, 403);
});

test("a room of the admin's name from a former version stays readable for the admin, and tells the sides apart", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), { store } = parlor.running.service.chat;
  const draft = { admin: "asha", consumer: "asha", kind: "text", at: Date.now() } as const;
  await store.appendMessage({ ...draft, side: "visitor", content: "a refund, please" });
  await store.appendMessage({ ...draft, side: "admin", content: "no" });
  const told = (messages: { author: string; side: string; content: string }[]) =>
    messages.filter(({ content }) => content).map(({ author, side, content }) =>
      `${author} ${side} ${content}`
    );
  const both = ["asha visitor a refund, please", "asha admin no"];

  const chat = await parlor.open("/ws/chat/asha/asha", { headers: { cookie: asha.cookie } });
  assert.deepEqual(told((await chat.ask({ command: "fetch_messages" }, "messages")).messages), both);
  const inbox = await parlor.inbox(asha);
  const { rooms } = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.equal(rooms[0].messages.at(-1).side, "admin");
  const answer = await inbox.ask({
    command: "new_message",
    consumer: "asha",
    message: { content: "or yes" },
  }, "new_message");
  assert.equal(answer.message.side, "admin");

  const authorization = `Bearer ${asha.token}`;
  const found = await (await parlor.fetch("/messages/api/search?q=refund", { headers: { authorization } }))
    .json();
  assert.equal(found.messages[0].message.side, "visitor");
  const lines = (await (await parlor.fetch("/messages/api/export", { headers: { authorization } })).text())
    .trim().split("\n").map((line) => JSON.parse(line)).filter(({ type }) => type === "message");
  assert.deepEqual(told(lines), [...both, "asha admin or yes"]);
});

test("ids without a room are counted by address: a socket, a session, a test page, a new room", async () => {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on", LIMIT_NEW_IDS: "4/600" });
  const asha = await parlor.signUp("asha");
  const from = (address: string) => ({ "x-forwarded-for": address });
  const here = from("203.0.113.7"), id = () => crypto.randomUUID();
  const session = (asked: Record<string, unknown>) => parlor.post("/chatbot/api/asha/session", asked, here);

  const own = id();
  const chat = await parlor.open(`/ws/chat/asha/${own}`, { headers: here });
  await chat.say("hello");
  assert.equal((await session({ consumer: id() })).status, 200);
  assert.equal((await parlor.fetch(`/chatbot/asha/${id()}`, { headers: here })).status, 200);
  const lobby = await parlor.open("/ws/room/asha", { headers: here });
  await lobby.ask({ command: "new_room", consumer: id() }, "new_room");

  assert.equal((await session({ consumer: id() })).status, 429);
  assert.equal((await parlor.fetch(`/chatbot/asha/${id()}`, { headers: here })).status, 429);
  assert.equal(
    (await lobby.ask({ command: "new_room", consumer: id() }, "error")).error.code,
    "rate_limited",
  );
  const refused = await parlor.open(`/ws/chat/asha/${id()}`, { headers: here });
  assert.equal(refused.code, refusedWith(429));
  // Not rejected: a visitor with a room or a token, or with an id assigned by the service, and other
  // addresses.
  assert.equal((await parlor.open(`/ws/chat/asha/${own}`, { headers: here })).code, undefined);
  const made = await (await session({})).json();
  assert.equal((await session({ token: made.token, consumer: made.consumer })).status, 200);
  const known = await parlor.open(`/ws/chat/asha/${made.consumer}`, {
    protocols: v1(made.token),
    headers: here,
  });
  assert.equal(known.code, undefined);
  const elsewhere = await parlor.open(`/ws/chat/asha/${id()}`, { headers: from("203.0.114.8") });
  assert.equal(elsewhere.code, undefined);
  void asha;
});

test("an office of 200 new visitors behind one address opens the chat, by the service's ids and by its own", async () => {
  await using parlor = await Parlor.start({
    LIMIT_SOCKETS_PER_ADDRESS: "off",
    LIMIT_COST_PER_ADDRESS: "off",
  });
  const asha = await parlor.signUp("asha");
  for (let n = 0; n < 200; n++) await parlor.visit(asha, {});
  for (let n = 0; n < 200; n++) await parlor.visit(asha, { consumer: crypto.randomUUID() });
});
