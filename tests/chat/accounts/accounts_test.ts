import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import {
  changePassword,
  checkCredentials,
  normalUsername,
  profile,
  signIn,
  signUp,
} from "../../../chat/accounts/accounts.ts";
import {
  BadCredentials,
  InvalidInput,
  SignupClosed,
  UnknownAdmin,
  UsernameTaken,
} from "../../../chat/errors.ts";
import { adminOf, liveSessions, startSession } from "../../../chat/accounts/sessions.ts";
import { type ChatFixture, password, withChat } from "../chat_fixture.ts";

const another = "a staple of another kind";
const test = (name: string, visit: (chat: ChatFixture) => Promise<void>) =>
  Deno.test(name, () => withChat(visit));

test("who signs up can sign in, by the name in any case, with the password and no other", async (chat) => {
  await signUp(chat, { username: "chandra", password });
  equal(await checkCredentials(chat, { username: "chandra", password }), "chandra");
  equal(await checkCredentials(chat, { username: "ChanDRA", password }), "chandra");
  for (const wrong of [password.toUpperCase(), password + " ", "", another]) {
    await rejects(checkCredentials(chat, { username: "chandra", password: wrong }), BadCredentials, wrong);
  }
});

test("a wrong password, an unknown name and what cannot be a name get one answer", async (chat) => {
  const answers = new Set<string>();
  for (const username of ["asha", "nobody_here", "x y", "", "a".repeat(400), "as\0ha", "'; --"]) {
    await rejects(checkCredentials(chat, { username, password: another }), (error: Error) => {
      ok(error instanceof BadCredentials, username);
      answers.add(error.message);
      return true;
    });
  }
  equal(answers.size, 1);
});

test("a wrong password and an unknown name cost the same", async (chat) => {
  const costs = { asha: [] as number[], nobody_here: [] as number[], "x y": [] as number[] };
  // Interleaved, so that load on the machine affects all cases alike.
  for (let round = 0; round < 7; round++) {
    for (const [username, times] of Object.entries(costs)) {
      const start = performance.now();
      await rejects(checkCredentials(chat, { username, password: another }), BadCredentials);
      times.push(performance.now() - start);
    }
  }
  const medians = Object.values(costs).map((times) => times.toSorted((a, b) => a - b)[3]!);
  ok(Math.max(...medians) < 2 * Math.min(...medians), medians.join(" "));
});

test("a password is not kept as it was typed", async (chat) => {
  const { password: kept } = (await chat.store.account("asha"))!;
  match(kept, /^\$argon2id\$/);
  ok(!kept.includes(password));
});

test("a name that is taken is refused, whoever asks first", async (chat) => {
  await rejects(signUp(chat, { username: "asha", password: another }), UsernameTaken);
  equal(await checkCredentials(chat, { username: "asha", password }), "asha");
});

test("of many who want one name at once, one gets it", async (chat) => {
  const tries = Array.from({ length: 5 }, () => signUp(chat, { username: "chandra", password }));
  const outcomes = await Promise.allSettled(tries);
  equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") ok(outcome.reason instanceof UsernameTaken, String(outcome.reason));
  }
});

test("names that could pass for the service are reserved", async (chat) => {
  for (const username of ["admin", "api", "parlor", "support", "root", "messages", "no-reply", "null"]) {
    await rejects(signUp(chat, { username, password }), (error: Error) => {
      ok(error instanceof InvalidInput);
      deepEqual(error.fields, { username: "is reserved" });
      return true;
    });
  }
});

test("a common password and one that holds the name are refused, with the field that is wrong", async (chat) => {
  for (const weak of ["password123", "iloveyou", "chandra-2000", "I am CHANDRA"]) {
    await rejects(signUp(chat, { username: "chandra", password: weak }), (error: Error) => {
      ok(error instanceof InvalidInput, weak);
      deepEqual(Object.keys(error.fields), ["password"]);
      return true;
    });
  }
  equal(await chat.store.account("chandra"), undefined);
});

test("nobody signs up where sign-up is closed, and who has an account still signs in", async (chat) => {
  chat.signupOpen = false;
  await rejects(signUp(chat, { username: "chandra", password }), SignupClosed);
  equal(await checkCredentials(chat, { username: "asha", password }), "asha");
});

test("a changed password is the only one that works", async (chat) => {
  await changePassword(chat, "asha", { password, new_password: another });
  await rejects(checkCredentials(chat, { username: "asha", password }), BadCredentials);
  equal(await checkCredentials(chat, { username: "asha", password: another }), "asha");
  equal(await checkCredentials(chat, { username: "bruno", password }), "bruno");
});

test("a changed password ends every session but the one that changed it", async (chat) => {
  const [here, elsewhere] = [await startSession(chat, "asha", {}), await startSession(chat, "asha", {})];
  const brunos = await startSession(chat, "bruno", {});
  const { jti } = (await adminOf(chat, here.token))!;
  await changePassword(chat, "asha", { password, new_password: another }, jti);
  equal((await adminOf(chat, here.token))?.jti, jti);
  equal(await adminOf(chat, elsewhere.token), undefined);
  ok(await adminOf(chat, brunos.token));
  const [told, ...more] = chat.audience.heard;
  equal(more.length, 0);
  ok(told?.type === "sessions_ended" && told.username === "asha" && told.jtis.length === 1);
  notEqual(told.jtis[0], jti);
});

test("without the present password nothing changes", async (chat) => {
  const session = await startSession(chat, "asha", {});
  await rejects(changePassword(chat, "asha", { password: another, new_password: another }), BadCredentials);
  equal(await checkCredentials(chat, { username: "asha", password }), "asha");
  ok(await adminOf(chat, session.token));
});

test("a weak new password is refused under its own field", async (chat) => {
  for (const new_password of ["qwertyuiop", "asha-asha-asha"]) {
    await rejects(changePassword(chat, "asha", { password, new_password }), (error: Error) => {
      ok(error instanceof InvalidInput);
      deepEqual(Object.keys(error.fields), ["new_password"]);
      return true;
    });
  }
});

test("an admin's profile is the name, the address if there is one, and since when", async (chat) => {
  await signUp(chat, { username: "chandra", password, email: "chandra@example.com" });
  const { created, ...rest } = await profile(chat, "chandra");
  deepEqual(rest, { username: "chandra", email: "chandra@example.com" });
  match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  ok(Math.abs(Date.parse(created) - Date.now()) < 60_000);
  equal((await profile(chat, "asha")).email, undefined);
  await rejects(profile(chat, "nobody_here"), UnknownAdmin);
});

Deno.test("a name is kept in lower case, and what cannot be one is none", () => {
  equal(normalUsername("Asha_B-9"), "asha_b-9");
  for (const none of ["as", "a".repeat(33), "as ha", "ashá", "", "asha\n", "asha/bruno"]) {
    equal(normalUsername(none), undefined, none);
  }
});

Deno.test("a sign-in that is checked while the password is changed leaves no session behind", () =>
  withChat(async (chat) => {
    const { passwords } = chat;
    const own = passwords.verify;
    passwords.verify = async (...of) => {
      passwords.verify = own;
      const isRight = await own(...of);
      await changePassword(chat, "asha", { password, new_password: another });
      return isRight;
    };
    await rejects(signIn(chat, { username: "asha", password }, {}), BadCredentials);
    equal((await liveSessions(chat, "asha", "")).sessions.length, 0);
    equal((await signIn(chat, { username: "asha", password: another }, {})).username, "asha");
  }));
