import assert from "node:assert/strict";
import type { Session, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers } from "./fixtures.ts";

const fortnightMs = 14 * 86_400_000;

function session(jti: string, username: string, rest: Partial<Session> = {}): Session {
  return { jti, username, created: morning, expires: morning + fortnightMs, ...rest };
}

/** Three sessions of Asha and one of Bruno. */
async function signInAll(store: Store): Promise<void> {
  await store.openSession(session("phone", "asha", { created: morning }));
  await store.openSession(session("desk", "asha", { created: morning + 2 }));
  await store.openSession(session("tablet", "asha", { created: morning + 1 }));
  await store.openSession(session("brunos", "bruno"));
}

async function live(store: Store, username: string): Promise<string[]> {
  return (await store.sessions(username)).map(({ jti }) => jti);
}

export function sessions(contractTest: ContractTest): void {
  contractTest("a session comes back as it was opened, with and without where from", async (store) => {
    const known = session("a", "asha", { agent: 'Firefox "140"; 🦊', address: "2001:db8::1" });
    const bare = session("b", "asha");
    await store.openSession(known);
    await store.openSession(bare);
    assert.deepEqual(await store.session("a"), known);
    assert.deepEqual(await store.session("b"), bare);
    assert.equal(await store.session("c"), undefined);
  });

  contractTest("an account's sessions are listed newest first, and nobody else's", async (store) => {
    await signInAll(store);
    assert.deepEqual(await live(store, "asha"), ["desk", "tablet", "phone"]);
    assert.deepEqual(await live(store, "bruno"), ["brunos"]);
    assert.deepEqual(await live(store, "mallory"), []);
  });

  contractTest("all sessions of an account can be ended at once", async (store) => {
    await signInAll(store);
    const ended = await store.endSessions("asha", morning + 9);
    assert.deepEqual(ended.sort(), ["desk", "phone", "tablet"]);
    assert.deepEqual(await live(store, "asha"), []);
    assert.deepEqual(await live(store, "bruno"), ["brunos"]);
  });

  contractTest("an ended session is still known, with the time of its end", async (store) => {
    await signInAll(store);
    await store.endSessions("asha", morning + 9);
    assert.equal((await store.session("desk"))?.ended, morning + 9);
    assert.equal((await store.session("brunos"))?.ended, undefined);
  });

  contractTest("of any sessions it is told which are not good any more", async (store) => {
    await signInAll(store);
    assert.deepEqual(await store.endedSessions([]), []);
    assert.deepEqual(await store.endedSessions(["desk", "phone", "tablet"]), []);
    await store.endSessions("asha", morning + 9, { only: "tablet" });
    const many = numbers(300).map((n) => `nobody's ${n}`);
    const asked = ["desk", "tablet", ...many, "phone"];
    assert.deepEqual((await store.endedSessions(asked)).sort(), ["tablet", ...many].sort());
  });

  contractTest("one session alone can be ended", async (store) => {
    await signInAll(store);
    assert.deepEqual(await store.endSessions("asha", morning + 9, { only: "tablet" }), ["tablet"]);
    assert.deepEqual(await live(store, "asha"), ["desk", "phone"]);
  });

  contractTest("all sessions but one can be ended", async (store) => {
    await signInAll(store);
    const ended = await store.endSessions("asha", morning + 9, { except: "desk" });
    assert.deepEqual(ended.sort(), ["phone", "tablet"]);
    assert.deepEqual(await live(store, "asha"), ["desk"]);
  });

  contractTest("nobody ends a session of another account", async (store) => {
    await signInAll(store);
    assert.deepEqual(await store.endSessions("mallory", morning + 9, { only: "desk" }), []);
    assert.deepEqual(await store.endSessions("bruno", morning + 9, { only: "desk" }), []);
    assert.equal((await store.session("desk"))?.ended, undefined);
  });

  contractTest("a session ends once", async (store) => {
    await signInAll(store);
    await store.endSessions("asha", morning + 9, { only: "desk" });
    assert.deepEqual(await store.endSessions("asha", morning + 10, { only: "desk" }), []);
    assert.deepEqual((await store.endSessions("asha", morning + 11)).sort(), ["phone", "tablet"]);
    assert.equal((await store.session("desk"))?.ended, morning + 9);
  });
}
