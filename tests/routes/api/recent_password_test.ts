import assert from "node:assert/strict";
import { type Admin, Parlor, password } from "../../harness/parlor.ts";
import { signedInAgo } from "../../harness/signed_in_ago.ts";

const minutes = 60_000;

interface Action {
  method: "POST" | "DELETE";
  path: string;
  body: Record<string, unknown>;
  done: number;
  isDone(parlor: Parlor): Promise<boolean>;
}

const actions: Record<string, Action> = {
  "deleting the account": {
    method: "DELETE",
    path: "/messages/api/account",
    body: { username: "asha" },
    done: 204,
    isDone: async ({ running }) => await running.service.chat.store.account("asha") === undefined,
  },
  "a new identity secret": {
    method: "POST",
    path: "/chatbot/api/identity-secret",
    body: {},
    done: 201,
    isDone: async ({ running }) =>
      await running.service.chat.store.kept("identity_secret asha") !== undefined,
  },
};

const asks = (
  { method, path, body }: Action,
  given: Record<string, unknown>,
  by: Record<string, string>,
) => ({
  path,
  init: {
    method,
    headers: { "content-type": "application/json", ...by },
    body: JSON.stringify({ ...body, ...given }),
  },
});

const ways: Record<string, (admin: Admin) => Record<string, string>> = {
  cookie: ({ cookie }) => ({ cookie }),
  "bearer token": ({ token }) => ({ authorization: `Bearer ${token}` }),
};

for (const [name, action] of Object.entries(actions)) {
  for (const [way, by] of Object.entries(ways)) {
    Deno.test(`${name} by ${way} needs the password once the sign-in is 10 minutes old`, async () => {
      await using parlor = await Parlor.start();
      await parlor.signUp("asha");
      const old = by(await signedInAgo(parlor, "asha", 10 * minutes));
      const ask = async (given: Record<string, unknown>, by = old) => {
        const { path, init } = asks(action, given, by);
        const response = await parlor.fetch(path, init);
        const text = await response.text();
        return { status: response.status, error: text && JSON.parse(text).error };
      };
      const bare = await ask({});
      assert.deepEqual([bare.status, bare.error.code], [403, "password_needed"]);
      assert.match(bare.error.message, /Send it along as password/);
      const wrong = await ask({ password: "not it at all" });
      assert.deepEqual([wrong.status, wrong.error.code], [401, "bad_credentials"]);
      assert.equal((await ask({ password: "" })).status, 401);
      assert.equal((await ask({ password: 7 })).status, 400);
      assert.equal(await action.isDone(parlor), false);
      assert.equal((await ask({ password })).status, action.done);
      assert.equal(await action.isDone(parlor), true);
    });
  }

  Deno.test(`${name} needs no password while the sign-in is younger, and a wrong one is refused all the same`, async () => {
    await using parlor = await Parlor.start();
    await parlor.signUp("asha");
    const young = ways.cookie!(await signedInAgo(parlor, "asha", 9 * minutes));
    const wrong = asks(action, { password: "not it at all" }, young);
    assert.equal((await parlor.fetch(wrong.path, wrong.init)).status, 401);
    const bare = asks(action, {}, young);
    assert.equal((await parlor.fetch(bare.path, bare.init)).status, action.done);
  });
}

Deno.test("a wrong password there counts as one at the sign-in, and the other way round", async () => {
  await using parlor = await Parlor.start({ LIMIT_LOGINS: "3/3600" });
  await parlor.signUp("asha");
  const { cookie } = await signedInAgo(parlor, "asha", 20 * minutes);
  const roll = (password: string) => parlor.post("/chatbot/api/identity-secret", { password }, { cookie });
  const login = (password: string) => parlor.post("/accounts/api/login", { username: "asha", password });
  assert.equal((await roll("wrong one")).status, 401);
  assert.equal((await login("wrong two")).status, 401);
  assert.equal((await roll("wrong three")).status, 401);
  const late = await roll(password);
  assert.equal(late.status, 429, "the right one waits too");
  assert.equal((await late.json()).error.code, "too_many_attempts");
  assert.ok(Number(late.headers.get("retry-after")) > 0);
  assert.equal((await login(password)).status, 429);
  // Sessions that need no password are not delayed.
  const young = await signedInAgo(parlor, "asha", minutes);
  assert.equal((await parlor.post("/chatbot/api/identity-secret", {}, { cookie: young.cookie })).status, 201);
});

Deno.test("an export needs the password once the sign-in is 10 minutes old: a ticket for one, and for its session", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await parlor.signUp("bruno");
  const exported = async (query: string, { cookie }: Admin) => {
    const response = await parlor.fetch(`/messages/api/export${query}`, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
  const ticketFor = async ({ cookie }: Admin, given: Record<string, unknown>) => {
    const response = await parlor.post("/messages/api/export", given, { cookie });
    return { status: response.status, ...await response.json() };
  };
  const old = await signedInAgo(parlor, "asha", 10 * minutes);
  const young = await signedInAgo(parlor, "asha", 9 * minutes);
  const other = await signedInAgo(parlor, "asha", 11 * minutes);
  const bruno = await signedInAgo(parlor, "bruno", 11 * minutes);
  const bare = await exported("", old);
  assert.equal(bare.status, 403);
  assert.match(bare.text, /"code":"password_needed".*POST \{ password \} here/);
  assert.equal((await exported("", young)).status, 200);
  assert.equal((await ticketFor(old, {})).error.code, "password_needed");
  assert.equal((await ticketFor(old, { password: "not it at all" })).status, 401);
  assert.equal((await ticketFor(young, {})).status, 201);

  const { status, ticket, expires } = await ticketFor(old, { password });
  assert.equal(status, 201);
  const lasts = Date.parse(expires) - Date.now();
  assert.ok(lasts > 30_000 && lasts <= 60_000, `${lasts} ms`);
  for (const [who, admin] of Object.entries({ other, bruno })) {
    assert.equal((await exported(`?ticket=${ticket}`, admin)).status, 403, `${who} has another session`);
  }
  assert.equal((await exported(`?ticket=${old.token}`, old)).status, 403, "a session's token is no ticket");
  assert.equal((await exported(`?ticket=${ticket}`, { ...old, cookie: "" })).status, 401);
  assert.equal((await exported(`?ticket=${ticket}`, old)).status, 200);
  assert.equal((await exported(`?ticket=${ticket}`, old)).status, 403, "it is used up");
  const { chat } = parlor.running.service;
  const session = (await chat.tokens.verify(old.token) as { jti: string }).jti;
  const until = (ms: number) => chat.tokens.signExport("asha", session, chat.now() + ms);
  assert.equal((await exported(`?ticket=${await until(-1_000)}`, old)).status, 403, "its minute is over");
  assert.equal((await exported(`?ticket=${await until(5_000)}`, old)).status, 200);
});

Deno.test("a ticket asked for twice at once exports once", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const { cookie } = await signedInAgo(parlor, "asha", 10 * minutes);
  const { ticket } = await (await parlor.post("/messages/api/export", { password }, { cookie })).json();
  const statuses = await Promise.all(
    [1, 2, 3].map(async () =>
      (await parlor.fetch(`/messages/api/export?ticket=${ticket}`, { headers: { cookie } })).status
    ),
  );
  assert.deepEqual(statuses.sort(), [200, 403, 403]);
});
