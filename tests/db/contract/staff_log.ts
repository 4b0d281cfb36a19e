import assert from "node:assert/strict";
import { appendAudit, auditLog } from "../../../db/collections/audit.ts";
import { entryOfClientId, nextEntry, type StaffEntry, staffLog } from "../../../db/collections/staff_log.ts";
import { untilCommitted } from "../../../db/records.ts";
import type { RoomKey, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

/** Appends a note, as rules do. Returns the entry of the same `client_id`, if there is one. */
function note(store: Store, { admin: workspace, consumer }: RoomKey, rest: Partial<StaffEntry> = {}) {
  const draft = {
    workspace,
    consumer,
    after: 1,
    at: morning,
    by: "b1",
    kind: "note",
    text: "…",
    ...rest,
  } as const;
  return untilCommitted(async () => {
    const same = await entryOfClientId(store, draft);
    if (same) return { answer: same };
    const { entry, commit } = await nextEntry(store, draft);
    return await store.records.commit(commit) ? { answer: entry } : undefined;
  });
}

const logOf = (store: Store, { admin, consumer }: RoomKey) =>
  staffLog.list(store, [admin, consumer], { limit: 500 });
const everyRecord = async ({ records }: Store, owner: string) =>
  (await Promise.all(
    [staffLog.name, ...staffLog.indexNames].map((name) => records.list(name, [owner], { limit: 500 })),
  )).flat();

export function staffLogs(contractTest: ContractTest): void {
  contractTest(
    "a staff log is numbered without gaps, however many write at once, and its times never go back",
    async (store, opened) => {
      const notes = await Promise.all(
        numbers(64).map((n) => note(store, veraAtAsha, { text: `${n}`, at: morning - n })),
      );
      await note(store, victorAtAsha);
      for (const reopen of [false, true]) {
        const at = reopen ? await opened.reopen() : store;
        const log = await logOf(at, veraAtAsha);
        assert.deepEqual(log.map(({ n }) => n), numbers(64));
        assert.deepEqual(new Set(log.map(({ text }) => text)), new Set(numbers(64).map(String)));
        assert(log.every((entry, i) => i === 0 || entry.at >= log[i - 1]!.at));
        assert.deepEqual(log, notes.toSorted((a, b) => a.n - b.n));
        assert.deepEqual((await logOf(at, victorAtAsha)).map(({ n }) => n), [1]);
      }
    },
  );

  contractTest(
    "a note with one client_id is stored once by its author, however often it is sent",
    async (store) => {
      const sent = { client_id: "one" };
      const same = await Promise.all(
        numbers(20).map((n) => note(store, veraAtAsha, { ...sent, text: `${n}` })),
      );
      assert.equal(new Set(same.map(({ text }) => text)).size, 1);
      assert.deepEqual((await logOf(store, veraAtAsha)).map(({ n }) => n), [1]);
      await note(store, veraAtAsha, { ...sent, by: "c1" });
      await note(store, victorAtAsha, sent);
      assert.deepEqual((await logOf(store, veraAtAsha)).map(({ by }) => by), ["b1", "c1"]);
    },
  );

  contractTest(
    "an entry follows the one that was the last when it was made, or is not stored",
    async (store) => {
      const draft = { workspace: "asha", consumer: "vera", after: 1, at: morning, kind: "assigned" } as const;
      await note(store, veraAtAsha);
      const late = await nextEntry(store, draft);
      await note(store, veraAtAsha);
      assert.equal(await store.records.commit(late.commit), false);
      const erased = await nextEntry(store, draft);
      await staffLog.eraseUnder(store, ["asha", "vera"]);
      assert.equal(await store.records.commit(erased.commit), false);
      assert.equal((await nextEntry(store, draft)).entry.n, 1);
    },
  );

  contractTest("whoever follows staff logs is told of an entry, once it is committed", async (store) => {
    let told = 0;
    const stop = await store.changes.follow({ owner: "asha", collection: staffLog.name }, () => told++);
    await note(store, veraAtBruno);
    await store.changes.sweep();
    assert.equal(told, 0);
    await note(store, veraAtAsha);
    await store.changes.sweep();
    assert.equal(told, 1);
    stop();
  });

  contractTest("a forgotten visitor's staff log goes with it, whole, and nobody else's", async (store) => {
    await send(store, veraAtAsha, "hello");
    const stored = { workspace: "asha", consumer: "vera", after: 1, at: morning, kind: "note" } as const;
    await Promise.all(numbers(90).map((n) => staffLog.put(store, { ...stored, n, client_id: `${n}` })));
    for (const other of [victorAtAsha, veraAtBruno]) await note(store, other, { client_id: "1" });
    assert.equal(await store.forgetVisitor(veraAtAsha), true);
    assert.deepEqual(await logOf(store, veraAtAsha), []);
    assert.equal((await everyRecord(store, "asha")).length, 3, "a note of Victor's, and two index entries");
    assert.equal((await logOf(store, veraAtBruno)).length, 1);
    assert.equal(await store.forgetVisitor(veraAtAsha), false);
    await note(store, veraAtAsha);
    assert.equal(await store.forgetVisitor(veraAtAsha), true, "a log without a room");
  });

  contractTest("a forgotten account's staff logs and audit log go with it", async (store) => {
    await store.createAccount({ username: "asha", password: "phc", created: morning });
    for (const key of [veraAtAsha, victorAtAsha, veraAtBruno]) await note(store, key, { client_id: "1" });
    for (const workspace of ["asha", "bruno"]) {
      await appendAudit(store, { workspace, at: morning, act: "export" });
    }
    await store.forgetAccount("asha");
    assert.deepEqual(await everyRecord(store, "asha"), []);
    assert.deepEqual(await auditLog.list(store, ["asha"], { limit: 5 }), []);
    assert.equal((await everyRecord(store, "bruno")).length, 3);
    assert.equal((await auditLog.list(store, ["bruno"], { limit: 5 })).length, 1);
  });

  contractTest("an audit log is numbered without gaps, however many write at once", async (store) => {
    const draft = (target: string) => ({
      workspace: "asha",
      at: morning,
      by: { id: "b1" },
      act: "block",
      target,
    });
    await Promise.all(numbers(64).map((n) => appendAudit(store, draft(`${n}`))));
    const log = await auditLog.list(store, ["asha"], { limit: 100 });
    assert.deepEqual(log.map(({ n }) => n), numbers(64));
    assert.deepEqual(new Set(log.map(({ target }) => target)), new Set(numbers(64).map(String)));
  });
}
