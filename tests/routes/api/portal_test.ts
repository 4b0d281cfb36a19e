import assert from "node:assert/strict";
import { portalApiRoutes } from "../../../routes/api/portal_api.ts";
import { eventually } from "../../harness/eventually.ts";
import { type Call, callOf, portalCalls, subscription } from "./portal_calls.ts";
import { type Admin, Parlor, password } from "../../harness/parlor.ts";

/** A service where vera and victor have written to asha, and vera to bruno. */
async function withChat(
  test: (on: { parlor: Parlor; asha: Admin; bruno: Admin; vera: string; victor: string }) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "off", ...env });
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const vera = crypto.randomUUID(), victor = crypto.randomUUID();
  await write(parlor, asha, vera, "Where is my parcel?");
  await write(parlor, asha, victor, "Do you have green tea?");
  await write(parlor, bruno, vera, "A parcel for Bruno");
  await test({ parlor, asha, bruno, vera, victor });
}

async function write(parlor: Parlor, admin: Admin, consumer: string, content: string): Promise<void> {
  const chat = await parlor.chat(admin, consumer);
  await chat.say(content);
  chat.close();
}

function call(parlor: Parlor, { method, path, body, headers = {} }: Call, admin?: Admin): Promise<Response> {
  const cookie: Record<string, string> = admin ? { cookie: admin.cookie } : {};
  const typed: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const init = { method, headers: { ...cookie, ...typed, ...headers } };
  return parlor.fetch(
    `/messages/api${path}`,
    body === undefined ? init : { ...init, body: JSON.stringify(body) },
  );
}

async function read(parlor: Parlor, path: string, admin: Admin) {
  const response = await call(parlor, { method: "GET", path }, admin);
  assert.equal(response.status, 200, path);
  return await response.json();
}

/** One call per route, as the room's owner would make it. */
const everyCall = (about: { consumer: string; session: string }): Call[] =>
  portalCalls.map((one) => callOf(one, about));

/** State that a rejected call must not change. */
async function state(parlor: Parlor, asha: Admin) {
  const [found, blocked, sessions] = await Promise.all(
    ["/search?q=parcel", "/blocked", "/sessions"].map((path) => read(parlor, path, asha)),
  );
  return {
    found: found.messages.length,
    blocked: blocked.blocked.length,
    sessions: sessions.sessions.length,
    pushes: await parlor.running.service.chat.store.pushes("asha"),
  };
}

Deno.test("every path of the portal's API stands in the tables below", async () => {
  await withChat(({ parlor }) => {
    const made = portalApiRoutes(parlor.running.service).routes.map(({ method, path }) =>
      `${method} ${path}`
    );
    const listed = portalCalls.map(({ route }) => route);
    assert.deepEqual(new Set(listed), new Set(made), "add each route to portalCalls in portal_calls.ts");
    return Promise.resolve();
  });
});

const strangers: Record<
  string,
  (parlor: Parlor, asha: Admin, vera: string) => Promise<Record<string, string>>
> = {
  "no session": () => Promise.resolve({}),
  "a session that was ended": async (parlor, asha) => {
    const { token } = await (await parlor.post("/accounts/api/login", { username: "asha", password })).json();
    const authorization = `Bearer ${token}`;
    assert.equal((await parlor.post("/accounts/api/logout", {}, { authorization })).status, 204);
    assert.ok(asha);
    return { authorization };
  },
  "a session that has expired": async (parlor) => {
    const { chat } = parlor.running.service;
    const past = Date.now() - 60_000;
    await chat.store.openSession({ jti: "old", username: "asha", created: past - 1e6, expires: past });
    return {
      cookie: `parlor_session=${await chat.tokens.signAdmin(
        (await chat.store.account("asha"))!,
        "old",
        past,
      )}`,
    };
  },
  "a forged session": () =>
    Promise.resolve({ cookie: "parlor_session=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhc2hhIn0." }),
  "a visitor's token": async (parlor, asha, vera) => {
    const { token } = await parlor.visit(asha, { consumer: vera });
    return { authorization: `Bearer ${token}` };
  },
};

for (const [who, headersOf] of Object.entries(strangers)) {
  Deno.test(`with ${who} every path of the portal's API answers 401, tells nothing and does nothing`, async () => {
    await withChat(async ({ parlor, asha, vera }) => {
      const headers = await headersOf(parlor, asha, vera);
      const before = await state(parlor, asha);
      assert.equal(before.found, 1);
      for (const one of everyCall({ consumer: vera, session: "x" })) {
        const response = await call(parlor, { ...one, headers });
        const text = await response.text();
        assert.equal(response.status, 401, `${one.method} ${one.path}`);
        assert.equal(JSON.parse(text).error.code, "not_signed_in");
        assert.ok(!text.includes("parcel"));
      }
      assert.deepEqual(await state(parlor, asha), before);
    });
  });
}

Deno.test("another admin reaches nothing of asha's by any path", async () => {
  await withChat(async ({ parlor, asha, bruno, victor }) => {
    const before = await state(parlor, asha);
    const { sessions } = await read(parlor, "/sessions", asha);
    for (const one of everyCall({ consumer: victor, session: sessions[0].id })) {
      if (one.path === "/account") continue;
      const response = await call(parlor, one, bruno);
      const text = await response.text();
      assert.ok(!text.includes("my parcel?") && !text.includes("green tea"), `${one.method} ${one.path}`);
      const isOfRoom = one.path.includes(victor) ||
        one.body !== undefined && "consumer" in (one.body as object);
      if (isOfRoom || one.path.startsWith("/sessions/")) {
        assert.equal(response.status, 404, `${one.method} ${one.path}`);
      }
    }
    const account = await call(
      parlor,
      { method: "DELETE", path: "/account", body: { username: "asha" } },
      bruno,
    );
    assert.equal(account.status, 400);
    assert.deepEqual(await state(parlor, asha), before);
  });
});

Deno.test("a page elsewhere changes nothing and reads nothing, by form, by fetch, with any Origin", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const before = await state(parlor, asha);
    for (
      const origin of ["https://evil.example", "null", `${parlor.address}.evil.example`, "http://127.0.0.1:1"]
    ) {
      for (const one of everyCall({ consumer: vera, session: "x" })) {
        const response = await call(parlor, { ...one, headers: { origin } }, asha);
        assert.equal(response.status, 403, `${one.method} ${one.path} from ${origin}`);
        assert.equal(response.headers.get("access-control-allow-origin"), null);
      }
      const form = await parlor.fetch("/messages/api/blocked", {
        method: "POST",
        headers: { origin, cookie: asha.cookie, "content-type": "application/x-www-form-urlencoded" },
        body: `consumer=${vera}`,
      });
      assert.equal(form.status, 403);
    }
    assert.deepEqual(await state(parlor, asha), before);
  });
});

Deno.test("a portal on an origin that was named is let in with credentials, and no other", async () => {
  await withChat(async ({ parlor, asha }) => {
    const portal = "http://localhost:3000";
    const asked = { method: "GET", path: "/search?q=parcel" };
    const response = await call(parlor, { ...asked, headers: { origin: portal } }, asha);
    assert.equal((await response.json()).messages.length, 1);
    assert.equal(response.headers.get("access-control-allow-origin"), portal);
    assert.equal(response.headers.get("access-control-allow-credentials"), "true");
    const preflight = await parlor.fetch("/messages/api/blocked", {
      method: "OPTIONS",
      headers: { origin: portal, "access-control-request-method": "DELETE" },
    });
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /DELETE/);
    const socket = await parlor.open("/ws/room/asha", {
      protocols: ["parlor.v1"],
      headers: { origin: portal, cookie: asha.cookie },
    });
    assert.equal((await socket.next("welcome")).you.kind, "admin");
    const elsewhere = await call(parlor, { ...asked, headers: { origin: "http://localhost:3001" } }, asha);
    assert.equal(elsewhere.status, 403);
  }, { PORTAL_ORIGINS: "http://localhost:3000" });
});

Deno.test("a search answers with the message, where it was found, its room and people of that name", async () => {
  await withChat(async ({ parlor, asha, vera, victor }) => {
    await parlor.visit(asha, { consumer: victor, name: "Victor Parcelli", email: "victor@example.com" });
    const found = await read(parlor, "/search?q=PARC", asha);
    assert.deepEqual(
      found.messages.map((hit: Frame) => [hit.room.consumer, hit.message.content, hit.marks]),
      [
        [vera, "Where is my parcel?", [[12, 18]]],
      ],
    );
    assert.deepEqual(found.people.map((room: Frame) => room.visitor.name), ["Victor Parcelli"]);
    assert.equal(found.complete, true);
    assert.deepEqual((await read(parlor, "/search?q=", asha)).messages, []);
    const long = await call(parlor, { method: "GET", path: `/search?q=${"x".repeat(201)}` }, asha);
    assert.equal(long.status, 400);
  });
});

// deno-lint-ignore no-explicit-any
type Frame = Record<string, any>;

Deno.test("what is known of a visitor: the visit, first and last seen, conversations", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const page = { url: "https://tea.example/oolong?size=1#top", referrer: "https://search.example/" };
    const asked = { consumer: vera, page, locale: "hi-IN", time_zone: "Asia/Kolkata" };
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
    const said = await parlor.post("/chatbot/api/asha/session", asked, { "user-agent": agent });
    assert.equal(said.status, 200);
    const { room, visitor } = await read(parlor, `/rooms/${vera}`, asha);
    assert.equal(room.unread, 1);
    assert.match(visitor.page, /^https:\/\/tea\.example\/oolong/);
    assert.deepEqual([
      visitor.referrer,
      visitor.locale,
      visitor.time_zone,
      visitor.device,
      visitor.conversations,
    ], [
      "https://search.example/",
      "hi-IN",
      "Asia/Kolkata",
      "Firefox on Linux",
      1,
    ]);
    assert.ok(visitor.first_seen <= visitor.last_seen);
    const inbox = await parlor.inbox(asha);
    for (const status of ["resolved", "open", "resolved"]) {
      inbox.send({ command: "update_room", consumer: vera, status });
      await inbox.next("room_updated");
    }
    assert.equal((await read(parlor, `/rooms/${vera}`, asha)).visitor.conversations, 2);
    const unknown = await call(parlor, { method: "GET", path: `/rooms/${crypto.randomUUID()}` }, asha);
    assert.equal(unknown.status, 404);
  });
});

Deno.test("who opens the chat and then writes is known from the first message on", async () => {
  await withChat(async ({ parlor, asha }) => {
    const { consumer, token } = await parlor.visit(asha, {
      page: { url: "https://tea.example/" },
      locale: "fr",
    });
    const { store } = parlor.running.service.chat;
    assert.equal(await store.visitor({ admin: "asha", consumer }), undefined, "looking keeps nothing");
    await (await parlor.chat(asha, consumer, token)).say("bonjour");
    await eventually(async () => await store.visitor({ admin: "asha", consumer }) !== undefined);
    const { visitor } = await read(parlor, `/rooms/${consumer}`, asha);
    assert.deepEqual([visitor.page, visitor.locale], ["https://tea.example/", "fr"]);
  });
});

Deno.test("what asha switches off between a visitor's look and first words is not kept", async () => {
  await withChat(async ({ parlor, asha }) => {
    const page = { url: "https://tea.example/", referrer: "https://search.example/" };
    const { consumer, token } = await parlor.visit(asha, { page, locale: "fr" });
    const collect = { page: false, referrer: false, device: false };
    await parlor.post("/chatbot/api", { collect }, { cookie: asha.cookie });
    await (await parlor.chat(asha, consumer, token)).say("bonjour");
    const { store } = parlor.running.service.chat;
    await eventually(async () => (await store.visitor({ admin: "asha", consumer }))?.locale === "fr");
    const { visitor } = await read(parlor, `/rooms/${consumer}`, asha);
    assert.deepEqual([visitor.page, visitor.referrer, visitor.device], [undefined, undefined, undefined]);
  });
});

Deno.test("a blocked visitor's sockets close, it may not write or come back, and it may once it is let in again", async () => {
  await withChat(async ({ parlor, asha, vera, victor }) => {
    const inbox = await parlor.inbox(asha);
    const { token } = await parlor.visit(asha, { consumer: vera });
    const [blocked, other] = [await parlor.chat(asha, vera, token), await parlor.chat(asha, victor)];
    await blocked.next("welcome");
    const response = await call(parlor, { method: "POST", path: "/blocked", body: { consumer: vera } }, asha);
    assert.equal((await response.json()).room.blocked, true);
    assert.equal(await blocked.closed(), 4403);
    assert.equal((await inbox.next("room_updated")).room.blocked, true);
    assert.equal(await (await parlor.chat(asha, vera, token)).closed(), 4403);
    const session = await parlor.post("/chatbot/api/asha/session", { consumer: vera, token });
    assert.equal(session.status, 403);
    await other.say("I may");
    const { blocked: list } = await read(parlor, "/blocked", asha);
    assert.deepEqual(list.map((one: Frame) => one.room.consumer), [vera]);
    await call(parlor, { method: "DELETE", path: `/blocked/${vera}` }, asha);
    assert.equal((await (await parlor.chat(asha, vera, token)).say("thank you")).seq, 2);
  });
});

Deno.test("a visitor who was deleted is gone from everywhere, and the portals hear of it", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const inbox = await parlor.inbox(asha);
    const chat = await parlor.chat(asha, vera);
    const response = await call(parlor, { method: "DELETE", path: `/rooms/${vera}` }, asha);
    assert.equal(response.status, 204);
    assert.equal(await chat.closed(), 4403);
    assert.equal((await inbox.next("room_forgotten")).consumer, vera);
    await inbox.until(() => inbox.frames.some((frame) => frame.command === "counts" && frame.open === 1));
    assert.deepEqual((await read(parlor, "/search?q=parcel", asha)).messages, []);
    const again = await call(parlor, { method: "DELETE", path: `/rooms/${vera}` }, asha);
    assert.equal(again.status, 404);
  });
});

Deno.test("an inbox hears its counts when it subscribes, and again when they change", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const inbox = await parlor.inbox(asha);
    const { command: _, ...first } = await inbox.next("counts");
    assert.deepEqual(first, { open: 2, resolved: 0, unread: 2 });
    inbox.send({ command: "read", consumer: vera, seq: 1 });
    const { command: __, ...second } = await inbox.next("counts");
    assert.deepEqual(second, { open: 2, resolved: 0, unread: 1 });
    inbox.send({ command: "update_room", consumer: vera, status: "resolved" });
    const { command: ___, ...third } = await inbox.next("counts");
    assert.deepEqual(third, { open: 1, resolved: 1, unread: 1 });
  });
});

Deno.test("a visitor whose room was deleted meanwhile is shown the new one, not what it still remembers", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    await write(parlor, asha, vera, "and another thing");
    await call(parlor, { method: "DELETE", path: `/rooms/${vera}` }, asha);
    await write(parlor, asha, vera, "hello again");
    const chat = await parlor.chat(asha, vera);
    const { epoch } = await chat.next("welcome");
    const page = await chat.ask({ command: "fetch_messages", after: 2, epoch }, "messages");
    assert.equal(page.recovered, false);
    assert.deepEqual(page.messages.map((message: Frame) => message.content), ["hello again"]);
  });
});

Deno.test("sessions are listed with the one that asks, and ended one by one or all the others", async () => {
  await withChat(async ({ parlor, asha }) => {
    const others: string[] = [];
    for (const agent of ["Mozilla/5.0 (iPhone; CPU) Version/17.0 Safari/604.1", "curl/8.0"]) {
      const login = await parlor.post("/accounts/api/login", { username: "asha", password }, {
        "user-agent": agent,
      });
      others.push((await login.json()).token);
    }
    const { sessions } = await read(parlor, "/sessions", asha);
    assert.deepEqual(sessions.map((one: Frame) => [one.agent, one.current]).slice(0, 2), [
      ["curl/8.0", false],
      ["Safari on iPhone", false],
    ]);
    assert.equal(sessions.filter((one: Frame) => one.current).length, 1);
    const ended = await call(parlor, { method: "DELETE", path: `/sessions/${sessions[0].id}` }, asha);
    assert.equal(ended.status, 204);
    const isIn = async (token: string) => {
      const response = await parlor.fetch("/accounts/api/me", {
        headers: { authorization: `Bearer ${token}` },
      });
      return response.status === 200;
    };
    assert.deepEqual([await isIn(others[0]!), await isIn(others[1]!)], [true, false]);
    await call(parlor, { method: "DELETE", path: "/sessions" }, asha);
    assert.deepEqual([await isIn(others[0]!), await isIn(asha.token)], [false, true]);
  });
});

Deno.test("an export holds every message once, in order, while more is written", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const { store } = parlor.running.service.chat;
    const at = Date.now();
    for (let n = 0; n < 130; n++) {
      const draft = { admin: "asha", consumer: `visitor-${n}`, side: "visitor", kind: "text", at } as const;
      for (let k = 0; k < (n === 7 ? 450 : 2); k++) {
        void store.appendMessage({ ...draft, content: `line ${k}` });
      }
    }
    await store.ready();
    const url = `${parlor.address}/messages/api/export`;
    const response = await fetch(url, { headers: { cookie: asha.cookie } });
    assert.match(response.headers.get("content-disposition") ?? "", /parlor-asha-\d{4}-\d\d-\d\d\.ndjson/);
    await write(parlor, asha, vera, "while you read");
    const lines = (await response.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    const rooms = lines.filter(({ type }) => type === "room").map(({ consumer }) => consumer);
    assert.equal(rooms.length, 132);
    assert.equal(new Set(rooms).size, 132);
    const told = new Map<string, number[]>();
    for (const { type, room, seq } of lines) {
      if (type === "message") told.set(room, [...told.get(room) ?? [], seq]);
    }
    for (const seqs of told.values()) assert.deepEqual(seqs, seqs.map((_, i) => i + 1));
    assert.equal(told.get("asha visitor-7")?.length, 450);
    assert.ok(!JSON.stringify(lines).includes("Bruno"));
  });
});

Deno.test("an export is read from the store no faster than it is taken, so that it never stands in memory whole", async () => {
  await withChat(async ({ parlor, asha }) => {
    const { service } = parlor.running, { store } = service.chat;
    const draft = { admin: "asha", side: "visitor", kind: "text", content: "tea", at: Date.now() } as const;
    const written = Array.from(
      { length: 300 },
      (_, n) => store.appendMessage({ ...draft, consumer: `visitor-${n}` }),
    );
    await Promise.all(written);
    let pages = 0;
    const { messagesAfter } = store;
    store.messagesAfter = (...asked) => {
      pages++;
      return messagesAfter.apply(store, asked);
    };
    const answer = await portalApiRoutes(service).request(`${parlor.address}/export`, {
      headers: { cookie: asha.cookie },
    });
    const reader = answer.body!.getReader();
    for (let chunk = 0; chunk < 10; chunk++) await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(pages <= 6, `${pages} pages were read for ten chunks`);
    while (!(await reader.read()).done);
    assert.ok(pages > 300, `${pages} pages in all`);
  });
});

Deno.test("an account goes when its name is typed, with everything in it, and everybody is sent away", async () => {
  await withChat(async ({ parlor, asha, bruno, vera }) => {
    const remove = (username: string) =>
      call(parlor, { method: "DELETE", path: "/account", body: { username } }, asha);
    const wrong = await remove("ash");
    assert.equal((await wrong.json()).error.fields.username, "is not the name of this account");
    const { store } = parlor.running.service.chat;
    await parlor.post("/chatbot/api/identity-secret", {}, { cookie: asha.cookie });
    assert.notEqual(await store.kept("identity_secret asha"), undefined);
    const inbox = await parlor.inbox(asha), chat = await parlor.chat(asha, vera);
    const response = await remove(" Asha ");
    assert.equal(response.status, 204);
    assert.match(response.headers.get("set-cookie") ?? "", /parlor_session=;.*Max-Age=0/);
    assert.equal(await inbox.closed(), 4401);
    assert.equal(await chat.closed(), 4404);
    const login = await parlor.post("/accounts/api/login", { username: "asha", password });
    assert.equal(login.status, 401);
    assert.equal(await (await parlor.chat(asha, vera)).closed(), 4404);
    assert.equal(await store.kept("identity_secret asha"), undefined);
    const signUp = () => parlor.post("/accounts/api/signup", { username: "asha", password });
    assert.equal((await (await signUp()).json()).error.code, "username_taken", "the name stays reserved");
    // As `deno task account release asha` does.
    assert.equal(await store.releaseName("asha"), true);
    const again = await parlor.signUp("asha");
    assert.deepEqual((await read(parlor, "/search?q=parcel", again)).messages, []);
    assert.equal((await read(parlor, "/search?q=parcel", bruno)).messages.length, 1);
  });
});

Deno.test("an address that is of no push service is not kept", async () => {
  await withChat(async ({ parlor, asha }) => {
    const { key } = await read(parlor, "/push", asha);
    assert.equal(Uint8Array.fromBase64(key, { alphabet: "base64url" }).length, 65);
    const elsewhere = [
      "https://169.254.169.254/latest",
      "https://fcm.googleapis.com.evil.example/x",
      "https://localhost/x",
      "https://evilpush.apple.com.example/",
      "https://fcm.googleapis.com:8443/x",
      "https://user@fcm.googleapis.com/x",
      "http://fcm.googleapis.com/x",
      "https://127.0.0.1/x",
      "https://2130706433/x",
      "https://0x7f.1/x",
      "https://0177.0.0.1/x",
      "https://[::1]/x",
      "https://[::ffff:127.0.0.1]/x",
      "https://[::ffff:a9fe:a9fe]/x",
      "https://[fd00::1]/x",
      "https://10.0.0.1/x",
      "https://0/x",
      "https://localhost./x",
      "https://metadata.google.internal/x",
      "https://fcm.googleapis.com@127.0.0.1/x",
      "https://127.0.0.1/x#.push.apple.com",
      "https://127.0.0.1\\.push.apple.com/x",
      "https://127.0.0.1/?.push.apple.com",
      "https://push.apple.com.127.0.0.1.nip.io/x",
      "https://fcm.googleapis.com./x",
      "https://fcm。googleapis.com.evil.example/x",
      "file:///etc/passwd",
      "ws://fcm.googleapis.com/x",
      "//fcm.googleapis.com/x",
      "",
    ];
    for (const endpoint of elsewhere) {
      const body = { ...subscription, endpoint };
      const response = await call(parlor, { method: "POST", path: "/push", body }, asha);
      assert.equal(response.status, 400, endpoint);
    }
    const kept = await call(parlor, { method: "POST", path: "/push", body: subscription }, asha);
    assert.equal(kept.status, 204);
    const { store } = parlor.running.service.chat;
    assert.deepEqual((await store.pushes("asha")).map(({ endpoint }) => endpoint), [subscription.endpoint]);
  });
});

Deno.test("a call that names another account than the one signed in is refused, and does nothing", async () => {
  await withChat(async ({ parlor, asha, vera }) => {
    const sessions = await read(parlor, "/sessions", asha);
    const before = await state(parlor, asha);
    for (const one of everyCall({ consumer: vera, session: sessions.sessions[0].id })) {
      const response = await call(parlor, { ...one, headers: { "parlor-account": "bruno" } }, asha);
      assert.equal(response.status, 409, `${one.method} ${one.path}`);
      assert.equal((await response.json()).error.code, "other_account");
    }
    const headers = { cookie: asha.cookie, "parlor-account": "bruno" };
    for (
      const [path, body] of [
        ["/chatbot/api", { title: "Bruno's" }],
        ["/chatbot/api/identity-secret", {}],
        ["/accounts/api/logout", {}],
        ["/accounts/api/password", { password, new_password: "another horse battery" }],
      ] as const
    ) assert.equal((await parlor.post(path, body, headers)).status, 409, path);
    assert.equal((await parlor.fetch("/messages/api/export?account=bruno", { headers })).status, 409);
    assert.deepEqual(await state(parlor, asha), before);
    assert.equal((await read(parlor, "/sessions", asha)).sessions.length, sessions.sessions.length);
    const own = { cookie: asha.cookie, "parlor-account": "Asha" };
    assert.equal((await parlor.fetch("/accounts/api/me", { headers: own })).status, 200);
    assert.equal((await parlor.fetch("/messages/api/export?account=asha", { headers: own })).status, 200);
  });
});
