import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { CannotCopy, copy } from "../../commands/copy.ts";
import { move } from "../../db/copy/move.ts";
import { untilReply } from "../../db/desk_store.ts";
import { AlreadyThere } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";
import { secretOf } from "../../db/secret.ts";
import type { Store } from "../../db/store.ts";
import { ChatbotSettings } from "../../protocol/chatbot.ts";
import { draft, morning, numbers, veraAtAsha, veraAtBruno, victorAtAsha } from "../db/contract/fixtures.ts";
import { PostgresServer } from "../harness/postgres.ts";

const server = await PostgresServer.start();
const engines = ["sqlite", "kv", ...server ? ["postgres"] : []];

/** Temporary databases of any engine. */
class Places implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "parlor-copy-" });
  #count = 0;

  url(engine: string): string {
    if (engine === "postgres") return server!.schema();
    return `${engine}:${this.folder}/${++this.#count}/parlor.db`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** Stores data of every kind that a store can hold. */
async function seed(url: string): Promise<void> {
  if (url.startsWith("kv:")) Deno.mkdirSync(url.slice(3).replace(/\/[^/]*$/, ""), { recursive: true });
  const store = await openStore(url);
  for (const username of ["asha", "bruno"]) {
    await store.createAccount({
      username,
      password: `phc of ${username}`,
      email: `${username}@example.com`,
      created: morning,
    });
    await store.saveChatbot(username, ChatbotSettings.parse({ title: `${username} 漢` }), morning + 5);
  }
  await store.createAccount({ username: "mallory", password: "phc", created: morning, legacy: true });
  await store.createAccount({ username: "gone", password: "phc", created: morning });
  await store.forgetAccount("gone", morning + 60_000);
  const session = { username: "asha", created: morning, expires: morning + 1e12 };
  await store.openSession({ ...session, jti: "desk", agent: "Firefox", address: "::1" });
  await store.openSession({ ...session, jti: "phone" });
  await store.endSessions("asha", morning + 7, { only: "phone" });
  await store.claimConsumer(veraAtAsha, "vera's token", morning + 1);
  await store.keep("vapid", "a key pair");
  await store.savePush({
    username: "asha",
    endpoint: "https://push.example/1",
    p256dh: "p",
    auth: "a",
    created: 3,
  });
  await store.saveVisitor(veraAtAsha, {
    name: "Vera",
    email: "v@example.com",
    verified: true,
    page: "https://a.example/",
  }, morning);
  await store.saveVisitor(veraAtAsha, { locale: "hi" }, morning + 99);
  await store.saveVisitor({ admin: "asha", consumer: "nobody" }, { device: "Firefox" }, morning);
  await converse(store);
  await secretOf(url, store);
  await store.close();
}

async function converse(store: Store): Promise<void> {
  const keys = [
    veraAtAsha,
    victorAtAsha,
    veraAtBruno,
    ...numbers(130).map((n) => ({ admin: "asha", consumer: `c${n}` })),
  ];
  await store.openRoom({ admin: "bruno", consumer: "silent" }, morning);
  for (const n of numbers(8)) {
    await Promise.all(keys.map((key, i) => {
      const side = (n + i) % 3 ? "visitor" : "admin";
      const client_id = i % 2 ? `${i} ${n}` : undefined;
      return store.appendMessage(
        draft(key, `message ${n} 🌿`, { side, client_id, at: morning + n * 1_000 + i }),
      );
    }));
  }
  await store.appendMessage(
    draft(victorAtAsha, "resolved", { side: "admin", kind: "status", at: morning + 20_000 }),
  );
  await carry(store);
  await store.markRead(veraAtAsha, "admin", 5);
  // A visitor may have the admin's name; the author of a message does not identify its side then.
  const namesake = { admin: "bruno", consumer: "bruno" };
  await store.appendMessage(
    draft(namesake, "resolved", { side: "admin", kind: "status", at: morning + 21_000 }),
  );
  await store.appendMessage(draft(namesake, "from outside", { at: morning + 22_000 }));
  await store.markRead(veraAtBruno, "visitor", 8);
  await store.blockVisitor(veraAtBruno, morning + 30_000);
  await sort(store);
}

/** A team's work on the rooms. */
async function sort(store: Store): Promise<void> {
  const at = morning + 40_000, c2 = { admin: "asha", consumer: "c2" };
  await store.changeDesk(veraAtAsha, {
    set: { assignee: "a1", team: "sales", dueAt: at, labels: ["vip"] },
    at,
  });
  await store.changeDesk(veraAtAsha, { set: { labels: ["vip", "bug", "idea"] }, at: at + 1 });
  await store.changeDesk(c2, { set: { snoozedUntil: untilReply, readAdmin: 2 } });
}

/** Stores messages with optional details. */
async function carry(store: Store): Promise<void> {
  const buttons = [{ id: "1", label: "Yes 🌿" }, { id: "2", label: "No" }], at = morning + 20_500;
  const by = { id: "a1", name: "Ana 漢", avatar_url: "https://a.example/ana.png" };
  await store.appendMessage(
    draft(veraAtAsha, "Yes or no?", { side: "admin", by: "bot", extra: { type: "buttons", buttons }, at }),
  );
  await store.appendMessage(draft(veraAtAsha, "Yes", { reply: { seq: 9, button: "1" }, at }));
  await store.appendMessage(draft(veraAtAsha, "Thanks", { side: "admin", by, at }));
}

for (const from of engines) {
  for (const to of engines) {
    Deno.test(`everything in ${from} comes over to ${to}, with its numbers`, async () => {
      using places = new Places();
      const [source, target] = [places.url(from), places.url(to)];
      await seed(source);
      if (to === "kv") Deno.mkdirSync(target.slice(3).replace(/\/[^/]*$/, ""), { recursive: true });
      const tally = await copy(source, target, () => {});
      const counts = Object.fromEntries([...tally.kinds].map(([kind, { count }]) => [kind, count]));
      assert.deepEqual(counts, {
        ...{ kept: 1, reserved: 1, sessions: 2, claims: 1, visitors: 2, accounts: 3, chatbots: 2, pushes: 1 },
        ...{ rooms: 135, messages: 133 * 8 + 6 },
      });
      const [a, b] = await Promise.all([openStore(source), openStore(target)]);
      assert.notEqual(a.epoch, b.epoch);
      assert.equal(await secretOf(target, b), await secretOf(source, a));
      assert.deepEqual(await b.account("mallory"), await a.account("mallory"));
      await assert.rejects(b.createAccount({ username: "gone", password: "phc", created: 1 }), AlreadyThere);
      const next = await b.appendMessage(draft(victorAtAsha, "and on", { at: morning + 50_000 }));
      assert.deepEqual([next.message.seq, next.room.status, next.statusChanged], [10, "open", true]);
      for (const counted of [a, b]) {
        const { mine, snoozed } = await counted.roomCounts("asha", "a1");
        assert.deepEqual([mine, snoozed], [1, 1]);
      }
      await Promise.all([a.close(), b.close()]);
    });
  }
}

Deno.test("a copy that broke off goes on where it was", async () => {
  using places = new Places();
  const [source, target] = [places.url("sqlite"), places.url(engines.at(-1)!)];
  await seed(source);
  const [from, to] = await Promise.all([openStore(source), openStore(target)]);
  let appends = 0;
  const breaking: Store = {
    ...to,
    appendMessage: (draft) =>
      ++appends > 300 ? Promise.reject(new Error("the cable")) : to.appendMessage(draft),
  };
  await to.replace("copy of", from.epoch);
  await assert.rejects(move(from, breaking, () => {}), /the cable/);
  await Promise.all([from.close(), to.close()]);
  const tally = await copy(source, target, () => {});
  assert.equal(tally.kinds.get("messages")?.count, 133 * 8 + 6);
  const again = await copy(source, target, () => {});
  assert.deepEqual(again.lines(), tally.lines(), "a finished copy is whole");
});

Deno.test("a copy in which one character differs is not taken for one", async () => {
  using places = new Places();
  const [source, target] = [places.url("sqlite"), places.url("sqlite")];
  await seed(source);
  await copy(source, target, () => {});
  const db = new DatabaseSync(target.slice("sqlite:".length));
  db.exec("UPDATE messages SET content = replace(content, 'message 3', 'message E') WHERE key = 300");
  assert.equal(db.prepare("SELECT changes() AS n").get()!.n, 1);
  db.close();
  await assert.rejects(copy(source, target, () => {}), /The copy differs from FROM in: messages/);
});

Deno.test("a finished copy that is in use is left as it is", async () => {
  using places = new Places();
  const [source, target] = [places.url("sqlite"), places.url("sqlite")];
  await seed(source);
  await copy(source, target, () => {});
  const used = await openStore(target);
  await used.saveChatbot("asha", ChatbotSettings.parse({ title: "since then" }), morning + 60_000);
  await used.forgetVisitor(veraAtAsha);
  await used.close();
  await assert.rejects(copy(source, target, () => {}), /The copy differs from FROM in: .*chatbots.*rooms/s);
  const after = await openStore(target);
  assert.equal((await after.chatbot("asha"))?.settings.title, "since then");
  assert.equal(await after.room(veraAtAsha), undefined, "a visitor who was deleted stays deleted");
  await after.close();
});

Deno.test("what is not the copy's own is not written into", async () => {
  using places = new Places();
  const [source, other] = [places.url("sqlite"), places.url("sqlite")];
  await seed(source);
  await seed(other);
  const say = () => {};
  await assert.rejects(copy(source, source, say), CannotCopy);
  await assert.rejects(
    copy(source, other, say),
    /TO is not empty, and what it holds is no part of a copy of FROM/,
  );
  await assert.rejects(copy(`sqlite:${places.folder}/slip.db`, other, say), /there is no file .*slip\.db/);
});
