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
import { type House, inHouse } from "../house.ts";

const test = (name: string, visit: (house: House) => Promise<void>) => Deno.test(name, () => inHouse(visit));
const hour = 3_600_000, day = 24 * hour;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** 22 characters: nobody guesses it. */
const secretId = "kD9_x2-QmZ7rT4vB8nL1wE";

test("an admin who signs in has a session for 14 days, and not a second more", async (house) => {
  const { username, token, expires } = await startSession(house, "asha", {});
  equal(username, "asha");
  const ends = Date.parse(expires);
  ok(Math.abs(ends - (Date.now() + 14 * day)) < 5_000, expires);
  const { jti, created } = (await house.store.sessions("asha"))[0]!;
  deepEqual(await adminOf(house, token), { username: "asha", jti, created, expires: ends });
  house.wait(14 * day - 10_000);
  ok(await adminOf(house, token));
  house.wait(11_000);
  equal(await adminOf(house, token), undefined);
});

test("a session remembers what signed in and from where", async (house) => {
  await startSession(house, "asha", { agent: "a browser", address: "203.0.113.7" });
  const [session] = await house.store.sessions("asha");
  equal(session?.agent, "a browser");
  equal(session?.address, "203.0.113.7");
});

test("an ended session is over at once, and those with an ear are told which", async (house) => {
  const [kept, ended] = [await startSession(house, "asha", {}), await startSession(house, "asha", {})];
  const { jti } = (await adminOf(house, ended.token))!;
  await endSession(house, "asha", jti);
  equal(await adminOf(house, ended.token), undefined);
  ok(await adminOf(house, kept.token));
  deepEqual(house.audience.heard, [{ type: "sessions_ended", username: "asha", jtis: [jti] }]);
});

test("ending a session twice tells once", async (house) => {
  const { jti } = (await adminOf(house, (await startSession(house, "asha", {})).token))!;
  await endSession(house, "asha", jti);
  await endSession(house, "asha", jti);
  equal(house.audience.heard.length, 1);
});

test("mallory cannot end another's session by its jti", async (house) => {
  const { token } = await startSession(house, "asha", {});
  const { jti } = (await adminOf(house, token))!;
  await endSession(house, "bruno", jti);
  ok(await adminOf(house, token));
  deepEqual(house.audience.heard, []);
});

test("everywhere means everywhere, and only that admin", async (house) => {
  const tokens = [];
  for (let i = 0; i < 3; i++) tokens.push((await startSession(house, "asha", {})).token);
  const brunos = await startSession(house, "bruno", {});
  await endAllSessions(house, "asha");
  for (const token of tokens) equal(await adminOf(house, token), undefined);
  ok(await adminOf(house, brunos.token));
  const [told] = house.audience.heard;
  ok(told?.type === "sessions_ended" && told.jtis.length === 3);
});

test("a signed token of a session that nobody keeps opens nothing", async (house) => {
  const asha = (await house.store.account("asha"))!;
  equal(
    await adminOf(house, await house.tokens.signAdmin(asha, crypto.randomUUID(), Date.now() + day)),
    undefined,
  );
  const { jti } = (await adminOf(house, (await startSession(house, "bruno", {})).token))!;
  equal(await adminOf(house, await house.tokens.signAdmin(asha, jti, Date.now() + day)), undefined);
});

test("a visitor's token is no admin's, also when the visitor is called like one", async (house) => {
  const asha = (await house.store.account("asha"))!;
  equal(await adminOf(house, await house.tokens.signVisitor(asha, "asha", Date.now() + day)), undefined);
  for (const text of ["", "asha", "a.b.c"]) equal(await adminOf(house, text), undefined);
});

test("a new visitor gets an id that nobody can guess, and a token for a day", async (house) => {
  const vera = await openVisitorSession(house, "asha", {});
  match(vera.consumer, uuid);
  notEqual(vera.consumer, (await openVisitorSession(house, "asha", {})).consumer);
  const ends = Date.parse(vera.expires);
  ok(Math.abs(ends - (Date.now() + day)) < 5_000, vera.expires);
  const claims = await house.tokens.verify(vera.token);
  deepEqual({ ...claims, issued: 0 }, {
    kind: "visitor",
    admin: "asha",
    ...{ account: (await house.store.account("asha"))!.id, issued: 0 },
    consumer: vera.consumer,
    expires: ends,
  });
});

test("a visitor renews with the token alone, or with it and the id", async (house) => {
  const vera = await openVisitorSession(house, "asha", {});
  house.wait(20 * hour);
  const { consumer, token } = await openVisitorSession(house, "asha", { token: vera.token });
  equal(consumer, vera.consumer);
  house.wait(20 * hour);
  equal(await house.tokens.verify(vera.token), undefined);
  equal((await openVisitorSession(house, "asha", { token, consumer })).consumer, vera.consumer);
});

test("an id that nobody can guess is proof, whatever token comes with it", async (house) => {
  const vera = await openVisitorSession(house, "asha", {});
  for (const token of [undefined, "", "forged", vera.token]) {
    equal((await openVisitorSession(house, "asha", { consumer: secretId, token })).consumer, secretId);
  }
  house.wait(2 * day);
  equal((await openVisitorSession(house, "asha", vera)).consumer, vera.consumer);
});

test("an id that can be guessed needs its own token", async (house) => {
  const { token } = await openVisitorSession(house, "asha", { vouchedConsumer: "1234" });
  equal((await openVisitorSession(house, "asha", { consumer: "1234", token })).consumer, "1234");
  const vera = await openVisitorSession(house, "asha", {});
  for (const shown of [undefined, "", "forged", vera.token]) {
    await rejects(openVisitorSession(house, "asha", { consumer: "1234", token: shown }), NotSignedIn);
  }
  await rejects(openVisitorSession(house, "asha", { consumer: "1235", token }), NotSignedIn);
});

test("a token that is not good here opens nothing by itself", async (house) => {
  const brunos = await openVisitorSession(house, "bruno", {});
  const admins = await startSession(house, "asha", {});
  const mallory = await openTokens("mallory has a secret of her own, long too");
  const asha = (await house.store.account("asha"))!;
  const forged = await mallory.signVisitor(asha, secretId, Date.now() + day);
  for (const token of ["", "forged", forged, brunos.token, admins.token]) {
    await rejects(openVisitorSession(house, "asha", { token }), NotSignedIn, token);
  }
  const vera = await openVisitorSession(house, "asha", {});
  house.wait(day + 1_000);
  await rejects(openVisitorSession(house, "asha", { token: vera.token }), NotSignedIn);
});

test("the admin of a visitor's session is found in any case, and must be there", async (house) => {
  const { token } = await openVisitorSession(house, "ASHA", {});
  const claims = await house.tokens.verify(token);
  ok(claims?.kind === "visitor" && claims.admin === "asha");
  for (const nobody of ["nobody_here", "x y", "", "as\0ha"]) {
    await rejects(openVisitorSession(house, nobody, {}), UnknownAdmin, nobody);
  }
});

test("opening a visitor's session stores nothing", async (house) => {
  const { consumer } = await openVisitorSession(house, "asha", {});
  equal(await house.store.room({ admin: "asha", consumer }), undefined);
  deepEqual(await house.store.sessions("asha"), []);
});
