import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { Parlor, password, test } from "../../harness/parlor.ts";

const error = async (response: Response) => (await response.json()).error;

test("an admin signs up, is signed in, signs out; every path answers with and without a trailing slash", async () => {
  await using parlor = await Parlor.start();
  const response = await parlor.post("/accounts/api/signup/", {
    username: "Asha",
    password,
    email: "asha@example.com",
  });
  assert.equal(response.status, 201);
  const { username, token, expires } = await response.json();
  assert.equal(username, "asha");
  assert.ok(Date.parse(expires) > Date.now());
  const cookie = response.headers.getSetCookie()[0]!;
  assert.match(cookie, /^parlor_session=[^;]+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=\d+$/);

  for (const path of ["/accounts/api/me", "/accounts/api/me/"]) {
    for (
      const headers of [["cookie", cookie.split(";")[0]!], ["authorization", `Bearer ${token}`]] as [
        string,
        string,
      ][]
    ) {
      const me = await (await parlor.fetch(path, { headers: [headers] })).json();
      assert.deepEqual([me.username, me.email], ["asha", "asha@example.com"]);
    }
  }
  const out = await parlor.post("/accounts/api/logout/", {}, { cookie: cookie.split(";")[0]! });
  assert.equal(out.status, 204);
  assert.match(out.headers.getSetCookie()[0]!, /^parlor_session=;.*Max-Age=0/);
  assert.equal(
    (await parlor.fetch("/accounts/api/me", { headers: { authorization: `Bearer ${token}` } })).status,
    401,
  );
});

test("a session's cookie is Secure where the service is reached by https", async () => {
  await using parlor = await Parlor.start({ PUBLIC_URL: "https://chat.example.com" });
  const response = await parlor.post("/accounts/api/signup", { username: "asha", password });
  assert.match(response.headers.getSetCookie()[0]!, /; Secure$/);
  assert.match(response.headers.get("strict-transport-security") ?? "", /max-age=\d+/);
});

test("bad input is answered in one shape, with the fields", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const post = (body: unknown, path = "signup") => parlor.post(`/accounts/api/${path}`, body);
  const table: [unknown, number, string, string[]][] = [
    [{}, 400, "invalid_input", ["username", "password"]],
    [{ username: "x y", password: "1" }, 400, "invalid_input", ["username", "password"]],
    [{ username: "bruno", password: ["correct horse"] }, 400, "invalid_input", ["password"]],
    [{ username: "bruno", password: "password1" }, 400, "invalid_input", ["password"]],
    [{ username: "bruno", password: "my bruno 2026" }, 400, "invalid_input", ["password"]],
    [{ username: "bruno", password: "x".repeat(201) }, 400, "invalid_input", ["password"]],
    [{ username: "bruno", password, email: "not an address" }, 400, "invalid_input", ["email"]],
    [{ username: "admin", password }, 400, "invalid_input", ["username"]],
    [{ username: "asha", password }, 409, "username_taken", []],
    [[1], 400, "invalid_input", [""]],
  ];
  for (const [body, status, code, fields] of table) {
    const response = await post(body);
    const told = await error(response);
    assert.deepEqual([response.status, told.code], [status, code], JSON.stringify(body));
    assert.deepEqual(Object.keys(told.fields ?? {}).toSorted(), fields.toSorted(), JSON.stringify(body));
    assert.ok(told.message.length > 5);
  }
  const raw = (body: string, type: string) =>
    parlor.fetch("/accounts/api/login", { method: "POST", headers: { "content-type": type }, body });
  assert.deepEqual([
    (await raw("{not json", "application/json")).status,
    (await raw("{}", "text/plain")).status,
  ], [400, 400]);
  assert.equal((await raw(JSON.stringify({ x: "x".repeat(70_000) }), "application/json")).status, 413);
  const stream = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 20; i++) controller.enqueue(new Uint8Array(8_192).fill(32));
      controller.close();
    },
  });
  const chunked = await parlor.fetch("/accounts/api/login", { method: "POST", body: stream });
  assert.equal(chunked.status, 413, "a body of unknown length is read no further than the limit");
});

test("forms are taken for signing up and in, and a name compares without case", async () => {
  await using parlor = await Parlor.start();
  const form = (path: string, fields: Record<string, string>) =>
    parlor.fetch(`/accounts/api/${path}`, { method: "POST", body: new URLSearchParams(fields) });
  assert.equal((await form("signup", { username: "asha", password, email: "" })).status, 201);
  assert.equal((await form("login", { username: "ASHA", password })).status, 200);
});

test("a wrong password and an unknown name answer alike", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const wrong = await parlor.post("/accounts/api/login", { username: "asha", password: "wrong password" });
  const unknown = await parlor.post("/accounts/api/login", {
    username: "nobody",
    password: "wrong password",
  });
  assert.deepEqual([wrong.status, await wrong.text()], [unknown.status, await unknown.text()]);
  assert.equal(wrong.status, 401);
});

test("after five wrong logins the sixth waits, right or wrong; right ones do not count; the owner's browser comes in", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const login = (word: string, headers = {}) =>
    parlor.post("/accounts/api/login", { username: "Asha", password: word }, headers);
  const first = await login(password);
  assert.equal(first.status, 200);
  const device = first.headers.getSetCookie()[1]!;
  assert.match(
    device,
    /^parlor_device=[^;]+; HttpOnly; SameSite=Strict; Path=\/accounts\/api; Max-Age=31536000$/,
  );
  for (let i = 0; i < 5; i++) assert.equal((await login("wrong password")).status, 401);
  const refused = await login(password);
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "1");
  assert.equal((await error(refused)).code, "too_many_attempts");
  // More failures, so that the delay lasts longer than the test.
  const { loginDelays } = parlor.running.service.chat.limiters;
  for (let i = 0; i < 5; i++) loginDelays.failed("account asha");
  const cookie = device.split(";")[0]!;
  assert.equal((await login(password, { cookie })).status, 200);
  assert.equal((await login(password, { cookie: `${cookie}x` })).status, 429, "a forged one is none");
  const bruno = await parlor.signUp("bruno");
  assert.equal((await login(password, { cookie: `parlor_device=${bruno.token}` })).status, 429);
  assert.equal((await parlor.fetch("/accounts/api/me", { headers: { cookie } })).status, 401);
  const bearer = { authorization: `Bearer ${cookie.split("=")[1]}` };
  assert.equal((await parlor.fetch("/accounts/api/me", { headers: bearer })).status, 401);
});

test("of 1,000 logins at as many names from one address five are looked at, the others get 429", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const statuses: number[] = [];
  const began = performance.now();
  for (let i = 0; i < 1_000; i++) {
    const stuffed = { username: `user${i}`, password: "correct horse battery" };
    statuses.push((await parlor.post("/accounts/api/login", stuffed)).status);
  }
  // After the fifth attempt, each further one doubles the delay: 1 s, 2 s, 4 s …
  const most = 5 + Math.ceil(Math.log2((performance.now() - began) / 1_000 + 1));
  const looked = statuses.filter((status) => status === 401).length;
  assert.ok(looked >= 5 && looked <= most, `${looked} of at most ${most}`);
  assert.equal(statuses.filter((status) => status === 429).length, 1_000 - looked);
});

test("sign-up can be closed and is limited by address", async () => {
  await using closed = await Parlor.start({ SIGNUP: "closed" });
  const refused = await closed.post("/accounts/api/signup", { username: "asha", password });
  assert.deepEqual([refused.status, (await error(refused)).code], [403, "signup_closed"]);
  await using limited = await Parlor.start({ LIMIT_SIGNUPS: "1/60" });
  await limited.signUp("asha");
  assert.equal((await limited.post("/accounts/api/signup", { username: "bruno", password })).status, 429);
});

test("a page elsewhere can sign nobody up, in or out", async () => {
  await using parlor = await Parlor.start({ PORTAL_ORIGINS: "http://localhost:3000" });
  const asha = await parlor.signUp("asha");
  const evil = { origin: "https://evil.example" };
  for (const origin of ["https://evil.example", "null", `${parlor.address}.evil.example`]) {
    const headers = { origin, cookie: asha.cookie };
    const calls = [
      await parlor.post("/accounts/api/signup", { username: "mallory", password }, headers),
      await parlor.post("/accounts/api/login", { username: "asha", password }, headers),
      await parlor.post("/accounts/api/logout", {}, headers),
      await parlor.post("/accounts/api/password", { password, new_password: "another password" }, headers),
      await parlor.post("/chatbot/api", { title: "stolen" }, headers),
      await parlor.fetch("/accounts/api/me", { headers }),
    ];
    assert.deepEqual(calls.map((call) => call.status), [403, 403, 403, 403, 403, 403], origin);
    for (const call of calls) assert.equal(call.headers.get("access-control-allow-origin"), null);
  }
  const form = await parlor.fetch("/accounts/api/logout", {
    method: "POST",
    headers: { ...evil, cookie: asha.cookie },
  });
  assert.equal(form.status, 403);
  const portal = await parlor.fetch("/accounts/api/me", {
    headers: { origin: "http://localhost:3000", cookie: asha.cookie },
  });
  assert.equal(portal.status, 200);
  assert.equal(portal.headers.get("access-control-allow-origin"), "http://localhost:3000");
  assert.equal(portal.headers.get("access-control-allow-credentials"), "true");
});

test("a body that its sender does not finish is no fault of the service's", async () => {
  await using parlor = await Parlor.start();
  const { service } = parlor.running;
  const { hostname, port, host } = new URL(parlor.address);
  for (const length of ["content-length: 1000", "transfer-encoding: chunked"]) {
    const before = parlor.lines.length;
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const text =
      `POST /accounts/api/login HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n${length}\r\n\r\n5\r\n{`;
    await connection.write(new TextEncoder().encode(text));
    await new Promise((resolve) => setTimeout(resolve, 100));
    connection.close();
    await eventually(() => parlor.lines.length > before, { state: () => parlor.lines });
  }
  assert.deepEqual(parlor.lines.filter((line) => line.includes("request_failed")), []);
  assert.ok(!(await service.metrics.text()).includes('reason="internal"'));
});
