import assert from "node:assert/strict";
import { openEngine } from "../../../db/kv/open.ts";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { Account, Store } from "../../../db/store.ts";
import { numbers } from "../contract/fixtures.ts";
import { KvFile } from "./file.ts";

/** Retries while the store is unavailable, as callers do: many processes write to one file here. */
async function read(store: Store): Promise<Account | undefined> {
  while (true) {
    try {
      return await store.account("asha");
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }
}

Deno.test("kv: an account of a former version gets its id when it is read, one id whoever reads it", async () => {
  using file = new KvFile();
  const { engine } = await openEngine(file.path);
  const former = { username: "asha", password: "$argon2id$", email: "asha@example.com", created: 1_000 };
  await engine.kv.set(["account", "asha"], former);
  const stores = await Promise.all(numbers(4).map(() => openStore(file.url)));
  const [first, ...others] = await Promise.all(stores.map(read));
  assert.match(first!.id, /^[0-9a-f]{32}$/);
  for (const account of [first, ...others]) {
    assert.deepEqual(account, { ...former, id: first!.id, legacy: true });
  }
  await stores[0]!.setPassword("asha", "$argon2id$new");
  assert.deepEqual(await stores[1]!.account("asha"), { ...first!, password: "$argon2id$new" });
  await Promise.all(stores.map((store) => store.close()));
  engine.close();
});

/** A database in the layout of an earlier version, with `visitors`. */
async function fillFormer(path: string, visitors: number): Promise<void> {
  const kv = await Deno.openKv(path);
  const session = { username: "asha", created: 900, expires: 9_999_999_999_999 };
  const push = { username: "asha", endpoint: "https://push.example/1", p256dh: "p", auth: "a", created: 5 };
  const entries: [Deno.KvKey, unknown][] = [
    [["meta"], { epoch: "0123456789abcdef", version: 1 }],
    [["account", "asha"], { username: "asha", id: "a".repeat(32), password: "phc", created: 1 }],
    [["account", "gone"], { username: "gone", deleted: 7 }],
    [["session", "one"], { jti: "one", ...session }],
    [["session", "ended"], { jti: "ended", ...session, ended: 950 }],
    [["sessions", "asha", "one"], session.expires],
    [["sessions", "asha", "ended"], session.expires],
    [["chatbot", "asha"], { settings: { title: "Asha's shop 漢" }, updated: 1_500 }],
    [["claim", "asha", "1234"], { owner: "a browser", claimed: 1_600 }],
    [["kept", "secret"], "kept"],
    [["kept", "spent 009999999999999 a proof of ours"], ""],
    [["push", "former hash"], push],
    [["pushes", "asha", "former hash"], true],
    ...numbers(visitors).map((n): [Deno.KvKey, unknown] => [
      ["visitor", "asha", `v${n}`],
      { name: `Visitor ${n}`, attributes: { plan: "x".repeat(500) }, firstSeen: n, lastSeen: n + 1 },
    ]),
  ];
  for (let from = 0; from < entries.length; from += 100) {
    const atomic = kv.atomic();
    for (const [key, value] of entries.slice(from, from + 100)) atomic.set(key, value);
    await atomic.commit();
  }
  kv.close();
}

async function holdsAll(store: Store, visitors: number): Promise<void> {
  assert.equal(store.epoch, "0123456789abcdef");
  assert.equal((await store.account("asha"))?.id, "a".repeat(32));
  assert.equal(await store.nameReservedSince("gone"), 7);
  assert.deepEqual((await store.sessions("asha")).map(({ jti }) => jti), ["one"]);
  assert.deepEqual(await store.endedSessions(["one", "ended"]), ["ended"]);
  assert.deepEqual(
    await store.chatbot("asha"),
    { settings: { title: "Asha's shop 漢" }, updated: 1_500 } as unknown,
  );
  assert.equal(await store.claimConsumer({ admin: "asha", consumer: "1234" }, "mallory", 1), false);
  assert.equal(await store.kept("secret"), "kept");
  assert.equal(await store.spend("a proof of ours", 9_999_999_999_999, 1), false);
  assert.deepEqual((await store.pushes("asha")).map(({ endpoint }) => endpoint), ["https://push.example/1"]);
  const found = await store.visitors("asha", undefined, visitors + 1);
  assert.equal(found.length, visitors);
  assert.equal((await store.openRoom({ admin: "asha", consumer: "v3" }, 1)).room.visitor?.name, "Visitor 3");
}

const former = ["account", "session", "sessions", "chatbot", "claim", "kept", "push", "pushes", "visitor"];

async function formerEntries(path: string): Promise<number> {
  const kv = await Deno.openKv(path);
  let count = 0;
  for (const kind of former) for await (const _ of kv.list({ prefix: [kind] })) count++;
  kv.close();
  return count;
}

Deno.test("kv: all that a former version kept becomes records, whichever of several opens it", async () => {
  using file = new KvFile();
  await fillFormer(file.path, 150);
  const stores = await Promise.all(numbers(3).map(() => openStore(file.url)));
  await holdsAll(stores[0]!, 150);
  assert.equal(await formerEntries(file.path), 0);
  await stores[1]!.savePush({ ...(await stores[1]!.pushes("asha"))[0]!, username: "bruno" });
  assert.deepEqual(await stores[2]!.pushes("asha"), [], "an endpoint is found under its own hash");
  await Promise.all(stores.map((store) => store.close()));
});

Deno.test("kv: a move that was killed is gone on with, and nothing is lost or there twice", async () => {
  using file = new KvFile();
  await fillFormer(file.path, 3_000);
  const script = new URL("../sqlite/open_and_say.ts", import.meta.url).pathname;
  let killed = 0;
  for (let left = Infinity; left > 1_000;) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--unstable-kv", "-A", script, file.url],
      stdout: "null",
    }).spawn();
    const before = left, ended = child.status;
    let isOver = false;
    void ended.then(() => isOver = true);
    while (!isOver && ((left = await formerEntries(file.path)) === before || left > 2_990)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (!isOver) child.kill("SIGKILL");
    if ((await ended).signal === "SIGKILL") killed++;
    left = await formerEntries(file.path);
  }
  assert(killed > 0);
  const store = await openStore(file.url);
  await holdsAll(store, 3_000);
  assert.equal(await formerEntries(file.path), 0);
  await store.close();
});
