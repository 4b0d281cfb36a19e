import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { AlreadyThere, Unavailable, WrongStatus } from "../../../db/errors.ts";
import { Changes } from "../../../db/changes.ts";
import { accountVerbs } from "../../../db/collections/accounts.ts";
import { claimVerbs } from "../../../db/collections/claims.ts";
import { keptVerbs } from "../../../db/collections/kept_values.ts";
import { sessionVerbs } from "../../../db/collections/sessions.ts";
import { records } from "../../../db/kv/records.ts";
import { Engine } from "../../../db/kv/engine.ts";
import { openStore } from "../../../db/open.ts";
import { RoomQueue } from "../../../db/kv/room_queue.ts";
import { draft, morning, numbers, send, sendMany, veraAtAsha } from "../contract/fixtures.ts";
import { KvFile } from "./file.ts";

/** The engine with every other response to a commit lost; the commit itself is made. */
function losingAnswers(kv: Deno.Kv): Deno.Kv {
  let commits = 0;
  const losing = (atomic: Deno.AtomicOperation): Deno.AtomicOperation =>
    new Proxy(atomic, {
      get(target, name) {
        if (name !== "commit") return Reflect.get(target, name).bind(target);
        return async () => {
          const done = await target.commit();
          if (done.ok && commits++ % 2 === 0) throw new Error("connection reset");
          return done;
        };
      },
    });
  return new Proxy(kv, {
    get(target, name) {
      if (name === "atomic") return () => losing(target.atomic());
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("kv: a message whose commit was not answered is stored once, and its answer is the first", async () => {
  using file = new KvFile();
  const kv = await Deno.openKv(file.path);
  const queue = new RoomQueue(new Engine(losingAnswers(kv)), { now: Date.now, instance: "here" });
  for (const n of numbers(6)) {
    const client_id = n % 3 ? undefined : `${n}`;
    const { message, fresh, opened } = await queue.appendMessage(
      draft(veraAtAsha, `${n}`, { client_id, at: Date.now() }),
    );
    assert.deepEqual([message.seq, fresh, opened], [n, true, n === 1]);
  }
  await queue.close();
  kv.close();
  const store = await openStore(file.url);
  const messages = await store.messagesAfter(veraAtAsha, 0, 100);
  assert.deepEqual(messages.map(({ content }) => content), numbers(6).map(String));
  await store.close();
});

Deno.test("kv: a conditional answer whose commit was not answered is stored once, though its condition holds no more", async () => {
  using file = new KvFile();
  const kv = await Deno.openKv(file.path);
  await new RoomQueue(new Engine(kv), { now: Date.now, instance: "here" }).appendMessage(
    draft(veraAtAsha, "hello"),
  );
  // A new engine for each call: its first response is the one that is lost.
  const losing = () => new RoomQueue(new Engine(losingAnswers(kv)), { now: Date.now, instance: "here" });
  for (const client_id of ["bot:1:1", undefined]) {
    await losing().appendMessage(draft(veraAtAsha, "open", { side: "admin", kind: "status" }));
    const { message, fresh, statusChanged } = await losing().appendMessage(
      draft(veraAtAsha, "resolved", {
        ...{ side: "admin", kind: "status", by: "bot", client_id, at: Date.now() },
        onlyIf: { status: ["open"] },
      }),
    );
    assert.deepEqual([fresh, statusChanged, message.by], [true, true, "bot"]);
    await assert.rejects(
      losing().appendMessage(draft(veraAtAsha, "late", { side: "admin", onlyIf: { status: ["open"] } })),
      WrongStatus,
    );
  }
  kv.close();
  const store = await openStore(file.url);
  const messages = await store.messagesAfter(veraAtAsha, 0, 100);
  assert.deepEqual(messages.map(({ content }) => content), ["hello", "open", "resolved", "open", "resolved"]);
  await store.close();
});

Deno.test("kv: accounts, sessions and settings whose commit was not answered are written once, and answered as the first", async () => {
  using file = new KvFile();
  const kv = await Deno.openKv(file.path);
  const session = { jti: "desk", username: "asha", created: morning, expires: morning + 1e12 };
  const over = (kv: Deno.Kv) => {
    const kept = records(new Engine(kv)), store = { records: kept, changes: new Changes(kept) };
    return { ...accountVerbs(store), ...sessionVerbs(store), ...claimVerbs(store), ...keptVerbs(store) };
  };
  await over(kv).openSession(session);
  // A new engine for each call: its first response is the one that is lost.
  const losing = () => over(losingAnswers(kv));
  const account = { username: "asha", password: "a salted hash", created: morning };
  await losing().createAccount(account);
  await assert.rejects(losing().createAccount(account), AlreadyThere);
  await losing().setPassword("asha", "another");
  assert.deepEqual(await losing().endSessions("asha", morning + 1), ["desk"]);
  assert.deepEqual(await losing().endSessions("asha", morning + 1), []);
  assert.equal(await losing().claimConsumer(veraAtAsha, "vera's token", morning), true);
  assert.equal(await losing().keep("name", "value"), "value");
  assert.equal((await over(kv).account("asha"))?.password, "another");
  kv.close();
});

Deno.test("kv: a change of records whose commit was not answered is made once, and answered as the first", async () => {
  using file = new KvFile();
  const kv = await Deno.openKv(file.path);
  const at = { collection: "labels", key: ["asha", "1"] };
  // A new engine for each call: its first response is the one that is lost.
  const losing = () => records(new Engine(losingAnswers(kv)));
  assert.equal(await losing().commit({ put: [{ ...at, value: "before" }], add: [{ ...at, by: 1 }] }), true);
  const { version } = (await losing().get(at.collection, at.key))!;
  const change = { check: [{ ...at, version }], put: [{ ...at, value: "after" }], add: [{ ...at, by: 1 }] };
  assert.equal(await losing().commit(change), true);
  assert.equal(await losing().commit(change), false);
  assert.equal(await losing().commit({ delete: [at], add: [{ ...at, by: 1 }] }), true);
  assert.equal(await losing().counter(at.collection, at.key), 3);
  assert.equal(await losing().get(at.collection, at.key), undefined);
  kv.close();
});

Deno.test("kv: two hundred who write to one room over two handles all get their turn, without a gap", async () => {
  using file = new KvFile();
  const handles = await Promise.all([openStore(file.url), openStore(file.url)]);
  const times: number[] = [];
  await Promise.all(
    numbers(200).map(async (n) => {
      for (const k of numbers(5)) {
        const began = performance.now();
        await handles[n % 2]!.appendMessage(draft(veraAtAsha, `${n}.${k}`, { client_id: `${n}.${k}` }));
        times.push(performance.now() - began);
      }
    }),
  );
  const messages = await handles[0]!.messagesAfter(veraAtAsha, 0, 2_000);
  assert.deepEqual(messages.map(({ seq }) => seq), numbers(1_000));
  for (const n of numbers(200)) {
    const own = messages.filter(({ content }) => content.startsWith(`${n}.`)).map(({ content }) => content);
    assert.deepEqual(own, numbers(5).map((k) => `${n}.${k}`));
  }
  assert(Math.max(...times) < 5_000, `somebody waited ${Math.max(...times)} ms`);
  await Promise.all(handles.map((handle) => handle.close()));
});

Deno.test("kv: while the engine cannot write sends are refused, reads go on, and then all goes on by itself", async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  await sendMany(store, veraAtAsha, 3);
  const other = new DatabaseSync(file.path);
  other.exec("BEGIN IMMEDIATE");
  const began = performance.now();
  const refused = assert.rejects(store.appendMessage(draft(veraAtAsha, "lost")), Unavailable);
  assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 3);
  await refused;
  assert(performance.now() - began < 12_000);
  other.exec("ROLLBACK");
  other.close();
  await store.ready();
  await send(store, veraAtAsha, "again");
  const contents = (await store.messagesAfter(veraAtAsha, 3, 10)).map(({ content }) => content);
  // The rejected message may have been stored nevertheless; it was sent without a client_id.
  assert(["again", "lost,again"].includes(contents.join()), contents.join());
  await store.close();
});
