import assert from "node:assert/strict";
import { openTokens } from "../../chat/tokens.ts";
import { Parlor, test, v1 } from "../harness/parlor.ts";

const secret = "a secret of more than thirty-two bytes, for tests";

test("who may open what", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const vera = await parlor.visit(asha), veraAtBruno = await parlor.visit(bruno);
  const room = `/ws/chat/asha/${vera.consumer}`, guessable = "/ws/chat/asha/1234";
  type Shown = { cookie?: string; bearer?: string };
  const table: [string, Shown, "visitor" | "admin" | number][] = [
    [room, {}, "visitor"],
    [room, { bearer: vera.token }, "visitor"],
    [room, { bearer: asha.token }, "admin"],
    [room, { cookie: asha.cookie }, "admin"],
    [room, { cookie: asha.cookie, bearer: vera.token }, "visitor"],
    [room, { bearer: bruno.token }, 4403],
    [room, { cookie: bruno.cookie }, "visitor"],
    [room, { bearer: veraAtBruno.token }, 4403],
    [room, { bearer: "forged.token.here" }, 4401],
    [room, { cookie: "parlor_session=forged" }, 4401],
    [guessable, {}, 4401],
    [guessable, { bearer: vera.token }, 4403],
    [guessable, { cookie: bruno.cookie }, 4401],
    [guessable, { cookie: asha.cookie }, "admin"],
    ["/ws/chat/asha/abcdefghijklmnopqrstu", {}, 4401],
    ["/ws/chat/asha/abcdefghijklmnopqrstuv", {}, 4401],
    ["/ws/chat/asha/customer-0000000000000742", {}, 4401],
    ["/ws/chat/asha/00000000-0000-4000-8000-000000000001", {}, 4401],
    ["/ws/chat/asha/V1StGXR8_Z5jdHi6B-myTq", {}, "visitor"],
    ["/ws/chat/asha/%F0%9F%99%82%F0%9F%99%82%F0%9F%99%82", {}, 4403],
    [`/ws/chat/nobody/${vera.consumer}`, {}, 4404],
    ["/ws/room/nobody", {}, 4404],
    ["/ws/room/asha", {}, "visitor"],
    ["/ws/room/ASHA", { bearer: asha.token }, "admin"],
    ["/ws/room/asha", { bearer: asha.token }, "admin"],
    ["/ws/room/asha", { bearer: bruno.token }, 4403],
    ["/ws/room/asha", { cookie: bruno.cookie }, "visitor"],
    ["/ws/room/asha", { bearer: vera.token }, "visitor"],
    ["/ws/room/asha", { cookie: "parlor_session=forged" }, 4401],
  ];
  for (const [path, { cookie, bearer }, expected] of table) {
    const client = await parlor.open(path, { protocols: v1(bearer), headers: cookie ? { cookie } : {} });
    const told = typeof expected === "number"
      ? await client.closed(1_000)
      : (await client.next("welcome")).you.kind;
    assert.equal(told, expected, `${path} ${cookie ? "cookie" : ""} ${bearer ? "bearer" : ""}`);
    if (typeof expected === "number") assert.deepEqual(client.frames, [], "and no data before it");
  }
});

test("what a stranger or a visitor may not do on a room socket", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const vera = crypto.randomUUID();
  await (await parlor.chat(asha, vera)).say("a secret");
  const sockets = [
    await parlor.open("/ws/room/asha", { protocols: v1() }),
    await parlor.open("/ws/room/asha", { protocols: v1((await parlor.visit(asha)).token) }),
    await parlor.open("/ws/room/asha", { protocols: v1(), headers: { cookie: bruno.cookie } }),
  ];
  const frames = [
    { command: "fetch_rooms" },
    { command: "subscribe" },
    { command: "fetch_messages", consumer: vera },
    { command: "new_message", consumer: vera, message: { content: "x" } },
    { command: "read", consumer: vera, seq: 1 },
    { command: "typing", consumer: vera, typing: true },
    { command: "update_room", consumer: vera, status: "resolved" },
    { command: "new_room", consumer: "1234" },
  ];
  for (const socket of sockets) {
    for (const frame of frames) {
      socket.send(frame);
      assert.equal((await socket.next("error")).error.code, "forbidden", frame.command);
    }
    assert.deepEqual(socket.frames.filter((frame) => frame.command !== "welcome"), []);
  }
});

test("a visitor's chat socket reaches its own room alone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = crypto.randomUUID();
  await (await parlor.chat(asha, vera)).say("a secret");
  const mallory = await parlor.chat(asha, crypto.randomUUID());
  for (
    const frame of [
      { command: "fetch_messages", consumer: vera },
      { command: "new_message", consumer: vera, message: { content: "x" } },
      { command: "read", consumer: vera, seq: 1 },
      { command: "typing", consumer: vera, typing: true },
      { command: "fetch_rooms" },
      { command: "subscribe" },
    ]
  ) {
    mallory.send(frame);
    assert.equal((await mallory.next("error")).error.code, "forbidden", frame.command);
  }
});

test("origins: the service's own and a portal's for the admin, the chatbot's list for visitors, null for nobody", async () => {
  await using parlor = await Parlor.start({ PORTAL_ORIGINS: "http://localhost:3000" });
  const asha = await parlor.signUp("asha");
  const own = parlor.address, listed = "https://shop.example";
  const open = async (origin: string | undefined, bearer?: string) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const client = await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`, {
      protocols: v1(bearer),
      headers,
    });
    await client.until(() => client.frames.length > 0 || client.code !== undefined);
    return client.code ?? client.frames[0]!.you.kind;
  };
  const withCookie = async (origin: string) => {
    const client = await parlor.open("/ws/room/asha", {
      protocols: v1(),
      headers: { origin, cookie: asha.cookie },
    });
    await client.until(() => client.frames.length > 0 || client.code !== undefined);
    return client.code ?? client.frames[0]!.you.kind;
  };

  assert.equal(await open("https://anywhere.example"), "visitor", "an empty list lets any site in");
  assert.equal(await open("null"), 4403);
  await parlor.post("/chatbot/api", { allowed_origins: [listed] }, { cookie: asha.cookie });
  for (const origin of [undefined, own, "http://localhost:3000", listed]) {
    assert.equal(await open(origin), "visitor");
  }
  for (
    const hostile of [
      "null",
      "https://shop.example.evil.io",
      "https://evilshop.example",
      "http://shop.example",
      "https://shop.example:8443",
      "https://sub.shop.example",
      "https://SHOP.example",
      "https://shop.example/",
      "file://",
      own.replace("http:", "https:"),
    ]
  ) assert.equal(await open(hostile), 4403, hostile);

  for (const origin of [own, "http://localhost:3000"]) {
    assert.equal(await open(origin, asha.token), "admin");
    assert.equal(await withCookie(origin), "admin");
  }
  assert.equal(await open(listed, asha.token), 4403, "an admin's token from a listed site is not honoured");
  assert.equal(await withCookie(listed), "visitor", "nor its cookie, which any page can make a browser send");
});

test("a socket ends with its token", async () => {
  await using parlor = await Parlor.start({ PARLOR_SECRET: secret });
  const asha = await parlor.signUp("asha");
  const tokens = await openTokens(secret);
  const consumer = crypto.randomUUID();
  const soon = await parlor.chat(
    asha,
    consumer,
    await tokens.signVisitor(
      (await parlor.running.service.chat.store.account("asha"))!,
      consumer,
      Date.now() + 2_000,
    ),
  );
  await soon.next("welcome");
  assert.equal(await soon.closed(6_000), 4401);
});

test("logout closes that session's sockets with 4401, everywhere closes all, a changed password the others", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const login = async () => {
    const response = await parlor.post("/accounts/api/login", {
      username: "asha",
      password: "correct horse battery",
    });
    return { ...asha, ...(await response.json() as { token: string }) };
  };
  const [phone, laptop] = [await login(), await login()];
  const [atPhone, atLaptop, first] = [
    await parlor.inbox(phone),
    await parlor.inbox(laptop),
    await parlor.inbox(asha),
  ];
  const as = (admin: { token: string }) => ({ authorization: `Bearer ${admin.token}` });

  assert.equal((await parlor.post("/accounts/api/logout", {}, as(phone))).status, 204);
  assert.equal(await atPhone.closed(5_000), 4401);
  assert.equal((await parlor.fetch("/accounts/api/me", { headers: as(phone) })).status, 401);
  await laptopStays(atLaptop);

  const change = { password: "correct horse battery", new_password: "another horse battery" };
  assert.equal((await parlor.post("/accounts/api/password", change, as(laptop))).status, 204);
  assert.equal(await first.closed(5_000), 4401);
  await laptopStays(atLaptop);

  assert.equal((await parlor.post("/accounts/api/logout", { everywhere: true }, as(laptop))).status, 204);
  assert.equal(await atLaptop.closed(5_000), 4401);
});

async function laptopStays(socket: { ask(frame: object, answer: string): Promise<unknown> }) {
  await socket.ask({ command: "fetch_rooms" }, "room");
}
