import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { sqliteMigrations } from "../../../db/migrations/sqlite.ts";
import { connect } from "../../../db/sqlite/connection.ts";
import { migrate } from "../../../db/sqlite/migrate.ts";
import { type Admin, Parlor, password } from "../../harness/parlor.ts";

const secret = "a secret of more than thirty-two bytes, for tests";
const encoder = new TextEncoder();
const seconds = () => Math.floor(Date.now() / 1_000);

/** Signs an identity token, as the host site's server does for a signed-in user. */
function vouch(key: string, claims: Record<string, unknown>): Promise<string> {
  return new SignJWT({ exp: seconds() + 3_600, ...claims }).setProtectedHeader({ alg: "HS256" })
    .sign(encoder.encode(key));
}

async function identitySecret(parlor: Parlor, admin: Admin): Promise<string> {
  return (await (await parlor.post("/chatbot/api/identity-secret", {}, { cookie: admin.cookie })).json())
    .secret;
}

async function deleteAccount(parlor: Parlor, { username, cookie }: Admin): Promise<void> {
  const answer = await parlor.fetch("/messages/api/account", {
    method: "DELETE",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  assert.equal(answer.status, 204);
}

async function refusal(parlor: Parlor, username: string, asked: Record<string, unknown>): Promise<string> {
  const answer = await parlor.post(`/chatbot/api/${username}/session`, asked);
  return answer.status === 200 ? "none" : (await answer.json()).error.code;
}

Deno.test("a deleted account's name stays reserved, and sign-up says so", async () => {
  await using parlor = await Parlor.start();
  await deleteAccount(parlor, await parlor.signUp("acme"));
  for (const username of ["acme", "ACME"]) {
    const answer = await parlor.post("/accounts/api/signup", { username, password });
    const { error } = await answer.json();
    assert.deepEqual([answer.status, error.code], [409, "username_taken"]);
    assert.match(error.message, /"acme" was a deleted account's and stays reserved/);
  }
  await parlor.restart();
  assert.equal((await parlor.post("/accounts/api/signup", { username: "acme", password })).status, 409);
});

Deno.test("the next owner of a released name has other visitors, and whatever the former one kept opens nothing", async () => {
  await using parlor = await Parlor.start();
  const { store } = parlor.running.service.chat;
  const mallory = await parlor.signUp("acme");
  const malloryKey = await identitySecret(parlor, mallory);
  const prepared = await parlor.visit(mallory, { identity: await vouch(malloryKey, { sub: "customer-1" }) });
  const anonymous = await parlor.visit(mallory);
  const login = await parlor.post("/accounts/api/login", { username: "acme", password });
  const device = login.headers.getSetCookie().find((cookie) => cookie.startsWith("parlor_device="))!;
  await deleteAccount(parlor, mallory);
  assert.equal(await store.releaseName("acme"), true);

  const acme = await parlor.signUp("acme");
  assert.equal(
    await refusal(parlor, "acme", { identity: await vouch(malloryKey, { sub: "customer-1" }) }),
    "identity_refused",
  );
  const acmeKey = await identitySecret(parlor, acme);
  const customer = await parlor.visit(acme, { identity: await vouch(acmeKey, { sub: "customer-1" }) });
  assert.notEqual(customer.consumer, prepared.consumer);
  for (const { token } of [prepared, anonymous]) {
    assert.equal(await refusal(parlor, "acme", { token }), "not_signed_in");
  }
  for (const { consumer, token } of [prepared, anonymous]) {
    const socket = await parlor.chat(acme, consumer, token);
    assert.equal(await socket.closed(), 4401);
  }
  const me = await parlor.fetch("/accounts/api/me", {
    headers: { authorization: `Bearer ${mallory.token}` },
  });
  assert.equal(me.status, 401);
  const inbox = await parlor.open("/ws/room/acme", { protocols: ["parlor.v1", `bearer.${mallory.token}`] });
  assert.equal(await inbox.closed(), 4401);

  const { isDeviceOf } = await import("../../../chat/accounts/accounts.ts");
  const token = device.split(";")[0]!.split("=")[1]!;
  assert.equal(await isDeviceOf(parlor.running.service.chat, "acme", token), false);
});

Deno.test("a visitor's token is good at its own admin alone, and so is a site's word", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const [ashas] = [await identitySecret(parlor, asha), await identitySecret(parlor, bruno)];
  const identity = await vouch(ashas, { sub: "7", aud: "bruno", admin: "bruno" });
  assert.equal(await refusal(parlor, "bruno", { identity }), "identity_refused");
  const vera = await parlor.visit(asha, { identity });
  assert.equal(await refusal(parlor, "bruno", { token: vera.token }), "not_signed_in");
  assert.equal(await refusal(parlor, "bruno", { token: vera.token, consumer: vera.consumer }), "none");
  const socket = await parlor.chat(bruno, vera.consumer, vera.token);
  assert.equal(await socket.closed(), 4403);
});

/** Signs a token as in the version before accounts had ids. */
function formerly(aud: "admin" | "visitor" | "device", claims: Record<string, unknown>): Promise<string> {
  const all = { iss: "parlor", aud, jti: crypto.randomUUID(), exp: seconds() + 3_600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(encoder.encode(secret));
}

const identityKey = "a key that was made long ago and is kept";
const created = Date.now() - 7_200_500;

/** A database as the previous version left it: asha's account, a session, an identity secret. */
async function makeFormer(folder: string): Promise<void> {
  const db = connect(`${folder}/parlor.db`);
  migrate(db, sqliteMigrations.slice(0, 3));
  const insert = (table: string, ...values: (string | number | null)[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => "?").join()})`).run(...values);
  const { openPasswords } = await import("../../../chat/passwords/passwords.ts");
  const passwords = await openPasswords();
  insert("accounts", "asha", await passwords.hash(password), null, created);
  passwords.close();
  insert("sessions", "desk", "asha", created, Date.now() + 1e9, null, null, null);
  insert("kept", "identity_key", identityKey);
  insert(
    "kept",
    "identity_secret asha",
    JSON.stringify({ secret: "the shop's secret, long", account: created }),
  );
  db.close();
}

Deno.test("after the upgrade nobody loses a session, a visitor or a conversation, and a former owner gains nothing", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-former-" });
  await makeFormer(folder);
  await using parlor = await Parlor.start({
    DATABASE_URL: `sqlite:${folder}/parlor.db`,
    PARLOR_SECRET: secret,
  });
  const asha = { username: "asha", token: "", cookie: "" };
  const sinceThen = Math.floor(created / 1_000), before = sinceThen - 1;
  const consumer = crypto.randomUUID();

  const admin = await formerly("admin", { sub: "asha", jti: "desk", iat: sinceThen });
  const me = (token: string) =>
    parlor.fetch("/accounts/api/me", { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await me(admin)).status, 200);
  assert.equal((await me(await formerly("admin", { sub: "asha", jti: "desk", iat: before }))).status, 401);

  const visitor = await formerly("visitor", { sub: consumer, admin: "asha", iat: sinceThen });
  assert.equal((await parlor.visit(asha, { token: visitor })).consumer, consumer);
  await (await parlor.chat(asha, consumer, visitor)).next("welcome");
  const stale = await formerly("visitor", { sub: consumer, admin: "asha", iat: before });
  assert.equal(await refusal(parlor, "asha", { token: stale }), "not_signed_in");
  assert.equal(await (await parlor.chat(asha, consumer, stale)).closed(), 4401);

  const derived = createHmac("sha256", identityKey).update("asha\0" + "7").digest().subarray(0, 24)
    .toString("base64url");
  const vera = await parlor.visit(asha, { identity: await vouch("the shop's secret, long", { sub: "7" }) });
  assert.equal(vera.consumer, derived, "the same conversation as before");
  const vouchedBefore = await formerly("visitor", {
    ...{ sub: derived, admin: "asha", iat: sinceThen, identified: true },
  });
  assert.equal((await parlor.visit(asha, { token: vouchedBefore })).consumer, derived);

  const { isDeviceOf } = await import("../../../chat/accounts/accounts.ts");
  const { chat } = parlor.running.service;
  for (const [iat, isKnown] of [[sinceThen, true], [before, false]] as const) {
    assert.equal(await isDeviceOf(chat, "asha", await formerly("device", { sub: "asha", iat })), isKnown);
  }

  const bruno = await parlor.signUp("bruno");
  const unnamed = await formerly("visitor", { sub: consumer, admin: "bruno", iat: seconds() });
  assert.equal(await refusal(parlor, bruno.username, { token: unnamed }), "not_signed_in");

  const rolled = await parlor.post("/chatbot/api/identity-secret", { password }, {
    authorization: `Bearer ${admin}`,
  });
  assert.equal(rolled.status, 201);
  assert.equal(await refusal(parlor, "asha", { token: vouchedBefore }), "identity_required");
  const next = (await rolled.json()).secret;
  assert.equal((await parlor.visit(asha, { identity: await vouch(next, { sub: "7" }) })).consumer, derived);
  await Deno.remove(folder, { recursive: true });
});
