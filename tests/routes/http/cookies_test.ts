import assert from "node:assert/strict";
import { SignJWT } from "jose/jwt/sign";
import { type Admin, Parlor, password, test } from "../../harness/parlor.ts";

const secret = "a secret of thirty-two bytes or more";
const https = { PUBLIC_URL: "https://chat.shop.example", PARLOR_SECRET: secret };
/** Headers that a browser sends with a same-origin call. */
const browser = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" };

const valueOf = ({ cookie }: Admin) => cookie.slice(cookie.indexOf("=") + 1);
const plain = (...values: string[]) => values.map((value) => `parlor_session=${value}`).join("; ");

async function me(parlor: Parlor, cookie: string, headers: Record<string, string> = {}) {
  const answer = await parlor.fetch("/accounts/api/me", { headers: { cookie, ...headers } });
  const { username, error } = await answer.json();
  return username ?? `${answer.status} ${error.code} ${error.message}`;
}

/** A session token as signed by a version without the cookie prefix. */
async function earlierSession(parlor: Parlor, username: string): Promise<string> {
  const { store } = parlor.running.service.chat;
  const jti = crypto.randomUUID(), expires = Date.now() + 86_400_000;
  await store.openSession({ jti, username, created: Date.now(), expires });
  return await new SignJWT({ account: (await store.account(username))!.id }).setProtectedHeader({
    alg: "HS256",
    typ: "JWT",
  }).setIssuer("parlor")
    .setAudience("admin").setSubject(username).setJti(jti).setIssuedAt().setExpirationTime("1d")
    .sign(new TextEncoder().encode(secret));
}

test("on https a session's cookie is the host's alone, and one that a sibling planted counts for nothing", async () => {
  await using parlor = await Parlor.start(https);
  const asha = await parlor.signUp("asha"), mallory = await parlor.signUp("mallory");
  assert.match(asha.cookie, /^__Host-parlor_session=/);
  const login = await parlor.post("/accounts/api/login", { username: "asha", password });
  const cookies = login.headers.getSetCookie();
  assert.match(
    cookies[0]!,
    /^__Host-parlor_session=[^;]+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=\d+; Secure$/,
  );
  assert.match(cookies[1]!, /^parlor_device=/);
  const planted = plain(valueOf(mallory));
  for (const cookie of [`${planted}; ${asha.cookie}`, `${asha.cookie}; ${planted}`]) {
    assert.equal(await me(parlor, cookie, browser), "asha");
    assert.equal(await me(parlor, cookie), "asha");
  }
  assert.match(await me(parlor, planted, browser), /^401 not_signed_in/);
  const socket = await parlor.open("/ws/room/mallory", {
    protocols: ["parlor.v1"],
    headers: { cookie: planted, origin: https.PUBLIC_URL },
  });
  assert.equal((await socket.next("welcome")).you.kind, "visitor", "as if it were not there");
});

test("on https a session from before there was a prefix lasts, and a program may show the plain name", async () => {
  await using parlor = await Parlor.start(https);
  const asha = await parlor.signUp("asha");
  const earlier = await earlierSession(parlor, "asha");
  assert.equal(await me(parlor, plain(earlier), browser), "asha");
  assert.equal(await me(parlor, plain(valueOf(asha))), "asha");
  const out = await parlor.post("/accounts/api/logout", {}, { cookie: plain(earlier), ...browser });
  assert.equal(out.status, 204);
  assert.match(await me(parlor, plain(earlier), browser), /^401/);
});

test("on http, of several cookies of one name those that are good for nothing are passed over", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"),
    again = await parlor.post("/accounts/api/login", { username: "asha", password });
  const ended = (await again.json()).token;
  await parlor.post("/accounts/api/logout", {}, { authorization: `Bearer ${ended}` });
  const good = valueOf(asha);
  for (const values of [["x", good], [good, "x"], ["", ended, "a.b.c", good], [good, good]]) {
    assert.equal(await me(parlor, plain(...values)), "asha", values.map((one) => one.slice(0, 5)).join());
    const inbox = await parlor.open("/ws/room/asha", {
      protocols: ["parlor.v1"],
      headers: { cookie: plain(...values) },
    });
    assert.equal((await inbox.next("welcome")).you.kind, "admin");
  }
  assert.match(await me(parlor, plain("x", ended)), /^401 not_signed_in Sign in first/);
});

test("two good ones of different accounts are refused, unless the call says whose it is", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), mallory = await parlor.signUp("mallory");
  const both = plain(valueOf(mallory), valueOf(asha));
  assert.match(await me(parlor, both), /^401 not_signed_in .*two accounts/);
  assert.equal(await me(parlor, both, { "parlor-account": "asha" }), "asha");
  assert.match(await me(parlor, both, { "parlor-account": "bela" }), /^401 not_signed_in .*two accounts/);
  const inbox = await parlor.open("/ws/room/asha", { protocols: ["parlor.v1"], headers: { cookie: both } });
  assert.deepEqual((await inbox.next("welcome")).you, { kind: "admin", name: "asha" });
});

test("signing in and out clear what stands in the session's place", async () => {
  for (const env of [{}, https] as Record<string, string>[]) {
    await using parlor = await Parlor.start(env);
    const { cookie } = await parlor.signUp("asha");
    const login = await parlor.post("/accounts/api/login", { username: "asha", password });
    const logout = await parlor.post("/accounts/api/logout", {}, { cookie });
    for (const answer of [login, logout]) {
      const gone = answer.headers.getSetCookie().filter((one) => /^parlor_session=;.*Max-Age=0/.test(one));
      const places = gone.map((one) =>
        `${/Domain=([^;]+)/.exec(one)?.[1] ?? ""} ${/Path=([^;]+)/.exec(one)![1]}`
      );
      for (const path of ["/accounts", "/accounts/api", "/messages/api", "/chatbot/api", "/ws"]) {
        assert.ok(places.includes(` ${path}`), `${path}: ${places}`);
        if (env === https) assert.ok(places.includes(`shop.example ${path}`), `${path}: ${places}`);
      }
      if (env === https) {
        assert.ok(places.includes(" /") && places.includes("shop.example /"), "the former name");
      }
      const bytes = answer.headers.getSetCookie().join("").length;
      assert.ok(bytes < 4_000, `${bytes} bytes: proxies keep 4 KiB for an answer's head`);
    }
  }
});

test("a planted device does not keep the owner's own from being known", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const login = (cookie: string, password: string) =>
    parlor.post("/accounts/api/login", { username: "asha", password }, { cookie });
  const known = (await login("", password)).headers.getSetCookie()[1]!.split(";")[0]!;
  for (let i = 0; i < 6; i++) await login("", "wrong password");
  assert.equal((await login("", password)).status, 429);
  assert.equal((await login(`parlor_device=planted; ${known}`, password)).status, 200);
});
