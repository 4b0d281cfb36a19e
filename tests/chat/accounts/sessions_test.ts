import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { NotSignedIn, UnknownAdmin } from "../../../chat/errors.ts";
import {
  adminOf,
  endAllSessions,
  endSession,
  openVisitorSession,
  startSession,
} from "../../../chat/accounts/sessions.ts";
import { openTokens } from "../../../chat/tokens.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const test = (name: string, visit: (chat: ChatFixture) => Promise<void>) =>
  Deno.test(name, () => withChat(visit));
const hour = 3_600_000, day = 24 * hour;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** 22 random characters: cannot be guessed. */
const secretId = "kD9_x2-QmZ7rT4vB8nL1wE";

test("an admin who signs in has a session for 14 days, and not a second more", async (chat) => {
  const { username, token, expires } = await startSession(chat, "asha", {});
  equal(username, "asha");
  const ends = Date.parse(expires);
  ok(Math.abs(ends - (Date.now() + 14 * day)) < 5_000, expires);
  const { jti, created } = (await chat.store.sessions("asha"))[0]!;
  deepEqual(await adminOf(chat, token), { username: "asha", jti, created, expires: ends });
  chat.wait(14 * day - 10_000);
  ok(await adminOf(chat, token));
  chat.wait(11_000);
  equal(await adminOf(chat, token), undefined);
});

test("a session remembers what signed in and from where", async (chat) => {
  await startSession(chat, "asha", { agent: "a browser", address: "203.0.113.7" });
  const [session] = await chat.store.sessions("asha");
  equal(session?.agent, "a browser");
  equal(session?.address, "203.0.113.7");
});

test("an ended session is over at once, and those with an ear are told which", async (chat) => {
  const [kept, ended] = [await startSession(chat, "asha", {}), await startSession(chat, "asha", {})];
  const { jti } = (await adminOf(chat, ended.token))!;
  await endSession(chat, "asha", jti);
  equal(await adminOf(chat, ended.token), undefined);
  ok(await adminOf(chat, kept.token));
  deepEqual(chat.audience.heard, [{ type: "sessions_ended", username: "asha", jtis: [jti] }]);
});

test("ending a session twice tells once", async (chat) => {
  const { jti } = (await adminOf(chat, (await startSession(chat, "asha", {})).token))!;
  await endSession(chat, "asha", jti);
  await endSession(chat, "asha", jti);
  equal(chat.audience.heard.length, 1);
});

test("mallory cannot end another's session by its jti", async (chat) => {
  const { token } = await startSession(chat, "asha", {});
  const { jti } = (await adminOf(chat, token))!;
  await endSession(chat, "bruno", jti);
  ok(await adminOf(chat, token));
  deepEqual(chat.audience.heard, []);
});

test("everywhere means everywhere, and only that admin", async (chat) => {
  const tokens = [];
  for (let i = 0; i < 3; i++) tokens.push((await startSession(chat, "asha", {})).token);
  const brunos = await startSession(chat, "bruno", {});
  await endAllSessions(chat, "asha");
  for (const token of tokens) equal(await adminOf(chat, token), undefined);
  ok(await adminOf(chat, brunos.token));
  const [told] = chat.audience.heard;
  ok(told?.type === "sessions_ended" && told.jtis.length === 3);
});

test("a signed token of a session that nobody keeps opens nothing", async (chat) => {
  const asha = (await chat.store.account("asha"))!;
  equal(
    await adminOf(chat, await chat.tokens.signAdmin(asha, crypto.randomUUID(), Date.now() + day)),
    undefined,
  );
  const { jti } = (await adminOf(chat, (await startSession(chat, "bruno", {})).token))!;
  equal(await adminOf(chat, await chat.tokens.signAdmin(asha, jti, Date.now() + day)), undefined);
});

test("a visitor's token is no admin's, also when the visitor is called like one", async (chat) => {
  const asha = (await chat.store.account("asha"))!;
  equal(await adminOf(chat, await chat.tokens.signVisitor(asha, "asha", Date.now() + day)), undefined);
  for (const text of ["", "asha", "a.b.c"]) equal(await adminOf(chat, text), undefined);
});

test("a new visitor gets an id that nobody can guess, and a token for a day", async (chat) => {
  const vera = await openVisitorSession(chat, "asha", {});
  match(vera.consumer, uuid);
  notEqual(vera.consumer, (await openVisitorSession(chat, "asha", {})).consumer);
  const ends = Date.parse(vera.expires);
  ok(Math.abs(ends - (Date.now() + day)) < 5_000, vera.expires);
  const claims = await chat.tokens.verify(vera.token);
  deepEqual({ ...claims, issued: 0 }, {
    kind: "visitor",
    admin: "asha",
    ...{ account: (await chat.store.account("asha"))!.id, issued: 0 },
    consumer: vera.consumer,
    expires: ends,
  });
});

test("a visitor renews with the token alone, or with it and the id", async (chat) => {
  const vera = await openVisitorSession(chat, "asha", {});
  chat.wait(20 * hour);
  const { consumer, token } = await openVisitorSession(chat, "asha", { token: vera.token });
  equal(consumer, vera.consumer);
  chat.wait(20 * hour);
  equal(await chat.tokens.verify(vera.token), undefined);
  equal((await openVisitorSession(chat, "asha", { token, consumer })).consumer, vera.consumer);
});

test("an id that nobody can guess is proof, whatever token comes with it", async (chat) => {
  const vera = await openVisitorSession(chat, "asha", {});
  for (const token of [undefined, "", "forged", vera.token]) {
    equal((await openVisitorSession(chat, "asha", { consumer: secretId, token })).consumer, secretId);
  }
  chat.wait(2 * day);
  equal((await openVisitorSession(chat, "asha", vera)).consumer, vera.consumer);
});

test("an id that can be guessed needs its own token", async (chat) => {
  const { token } = await openVisitorSession(chat, "asha", { vouchedConsumer: "1234" });
  equal((await openVisitorSession(chat, "asha", { consumer: "1234", token })).consumer, "1234");
  const vera = await openVisitorSession(chat, "asha", {});
  for (const shown of [undefined, "", "forged", vera.token]) {
    await rejects(openVisitorSession(chat, "asha", { consumer: "1234", token: shown }), NotSignedIn);
  }
  await rejects(openVisitorSession(chat, "asha", { consumer: "1235", token }), NotSignedIn);
});

test("a token that is not good here opens nothing by itself", async (chat) => {
  const brunos = await openVisitorSession(chat, "bruno", {});
  const admins = await startSession(chat, "asha", {});
  const mallory = await openTokens("mallory has a secret of her own, long too");
  const asha = (await chat.store.account("asha"))!;
  const forged = await mallory.signVisitor(asha, secretId, Date.now() + day);
  for (const token of ["", "forged", forged, brunos.token, admins.token]) {
    await rejects(openVisitorSession(chat, "asha", { token }), NotSignedIn, token);
  }
  const vera = await openVisitorSession(chat, "asha", {});
  chat.wait(day + 1_000);
  await rejects(openVisitorSession(chat, "asha", { token: vera.token }), NotSignedIn);
});

test("the admin of a visitor's session is found in any case, and must be there", async (chat) => {
  const { token } = await openVisitorSession(chat, "ASHA", {});
  const claims = await chat.tokens.verify(token);
  ok(claims?.kind === "visitor" && claims.admin === "asha");
  for (const nobody of ["nobody_here", "x y", "", "as\0ha"]) {
    await rejects(openVisitorSession(chat, nobody, {}), UnknownAdmin, nobody);
  }
});

test("opening a visitor's session stores nothing", async (chat) => {
  const { consumer } = await openVisitorSession(chat, "asha", {});
  equal(await chat.store.room({ admin: "asha", consumer }), undefined);
  deepEqual(await chat.store.sessions("asha"), []);
});
