import assert from "node:assert/strict";
import { AlreadyThere, Unavailable, WrongStatus } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import type { PostgresServer } from "../../harness/postgres.ts";
import { ChatbotSettings } from "../../../protocol/chatbot.ts";
import { draft, morning, numbers, send, sendMany, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { Cutter } from "./cutter.ts";
import { testPostgres } from "./server.ts";

/** A store behind a proxy that can cut connections. */
async function openOverCutter(server: PostgresServer) {
  const cutter = new Cutter({ hostname: "127.0.0.1", port: server.port });
  const commits = cutCommit(cutter);
  const store = await openStore(cutter.url(server.schema()));
  return {
    ...{ store, cutter, commits },
    async close() {
      await store.close();
      await cutter[Symbol.asyncDispose]();
    },
  };
}

/**
 * Cuts at the first statement that contains these words once armed; by default COMMIT. `count`: matching
 * statements since it was armed.
 */
function cutCommit(cutter: Cutter): { arm(words?: string): void; count: () => number } {
  // A connection sends a statement's text once, and afterwards only its name.
  const statements = new Map<string, string>();
  let wanted: string | undefined, cuts = 0;
  const isWanted = (text: string) => wanted === "commit" ? text === wanted : text.includes(wanted!);
  cutter.judge = (text) => {
    const said: string[] = [];
    for (const [, name = "", statement = ""] of text.matchAll(/P....(\w*)\0([^\0]*)\0/gs)) {
      if (name) statements.set(name, statement);
      said.push(statement);
    }
    for (const [name, statement] of statements) if (text.includes(`\0${name}\0`)) said.push(statement);
    if (text.includes("\0commit\0")) said.push("commit");
    return wanted !== undefined && said.some(isWanted) && cuts++ === 0 ? "cut" : "pass";
  };
  return { arm: (words = "commit") => [wanted, cuts] = [words, 0], count: () => cuts };
}

async function isUnavailable(work: Promise<unknown>, withinMs: number): Promise<void> {
  const began = performance.now();
  await assert.rejects(work, Unavailable);
  const ms = performance.now() - began;
  assert(ms <= withinMs, `refused after ${ms} ms`);
}

async function untilReady(store: Store, withinMs: number): Promise<void> {
  const began = performance.now();
  while (!await store.ready().then(() => true, () => false)) {
    assert(performance.now() - began < withinMs, `not ready within ${withinMs} ms`);
  }
}

for (const client_id of ["one", undefined]) {
  const what = client_id ? "with a client_id" : "without a client_id";
  testPostgres(
    `a message ${what} whose COMMIT was not answered is stored once, and its answer is the first`,
    async (server) => {
      const { store, commits, close } = await openOverCutter(server);
      await send(store, veraAtAsha, "before");
      commits.arm();
      const { message, fresh, opened } = await store.appendMessage(
        draft(veraAtAsha, "hello", { client_id, at: Date.now() }),
      );
      assert.deepEqual([message.seq, fresh, opened], [2, true, false]);
      assert(commits.count() > 0);
      const all = await store.messagesAfter(veraAtAsha, 0, 10);
      assert.deepEqual(all.map(({ content }) => content), ["before", "hello"]);
      await close();
    },
  );
}

testPostgres(
  "a conditional answer whose COMMIT was not answered is stored once, though its condition holds no more",
  async (server) => {
    for (const client_id of ["bot:1:1", undefined]) {
      const { store, commits, close } = await openOverCutter(server);
      await send(store, veraAtAsha, "before");
      commits.arm();
      const answer = draft(
        veraAtAsha,
        "resolved",
        {
          ...{ side: "admin", kind: "status", by: "bot", client_id, at: Date.now() },
          onlyIf: { status: ["open"] },
        } as const,
      );
      const { message, fresh, statusChanged } = await store.appendMessage(answer);
      assert.deepEqual([message.seq, message.by, fresh, statusChanged], [2, "bot", true, true]);
      assert(commits.count() > 0);
      await assert.rejects(store.appendMessage({ ...answer, client_id: "late" }), WrongStatus);
      assert.equal((await store.room(veraAtAsha))?.head, 2);
      await close();
    }
  },
);

testPostgres(
  "a change of records whose COMMIT was not answered is made once, and answered as the first",
  async (server) => {
    const { store: { records }, commits, close } = await openOverCutter(server);
    const at = { collection: "labels", key: ["asha", "1"] };
    await records.commit({ put: [{ ...at, value: "before" }] });
    const { version } = (await records.get(at.collection, at.key))!;
    commits.arm();
    const change = { check: [{ ...at, version }], put: [{ ...at, value: "after" }], add: [{ ...at, by: 1 }] };
    assert.equal(await records.commit(change), true);
    assert(commits.count() > 0);
    assert.equal((await records.get(at.collection, at.key))?.value, "after");
    assert.equal(await records.counter(at.collection, at.key), 1);
    assert.equal(await records.commit(change), false);
    await close();
  },
);

testPostgres(
  "a first message whose COMMIT was not answered has opened its room, and says so",
  async (server) => {
    const { store, cutter, close } = await openOverCutter(server);
    const commits = cutCommit(cutter);
    commits.arm();
    const { message, fresh, opened } = await store.appendMessage(
      draft(veraAtAsha, "hello", { at: Date.now() }),
    );
    assert.deepEqual([message.seq, fresh, opened], [1, true, true]);
    assert(commits.count() > 0);
    await close();
  },
);

testPostgres(
  "a write of any kind whose answer was lost is done once, and answered as the first",
  async (server) => {
    const { store, commits, close } = await openOverCutter(server);
    /** Runs `work`, with the response to the first statement that contains these words lost. */
    async function unheard<T>(words: string, work: () => Promise<T>): Promise<T> {
      commits.arm(words);
      const answer = await work();
      assert(commits.count() > 0, words);
      return answer;
    }
    const account = { username: "asha", password: "a salted hash", created: morning };
    await unheard("INSERT INTO records", () => store.createAccount(account));
    await assert.rejects(store.createAccount(account), AlreadyThere);
    const session = { jti: "desk", username: "asha", created: morning, expires: morning + 1e12 };
    await unheard("INSERT INTO records", () => store.openSession(session));
    assert.deepEqual(await unheard("INSERT INTO records", () => store.endSessions("asha", morning + 1)), [
      "desk",
    ]);
    assert.deepEqual(await store.endSessions("asha", morning + 2), []);
    await unheard("INSERT INTO records", () => store.setPassword("asha", "another"));
    const settings = ChatbotSettings.parse({ title: "Tea" });
    await unheard("INSERT INTO records", () => store.saveChatbot("asha", settings, morning));
    assert.equal(
      (await unheard("INSERT INTO rooms", () => store.openRoom(veraAtAsha, morning))).created,
      true,
    );
    assert.equal((await store.openRoom(veraAtAsha, morning)).created, false);
    const room = await unheard("INSERT INTO records", () => store.saveVisitor(veraAtAsha, { name: "V" }, 1));
    assert.equal(room?.visitor?.name, "V");
    assert(await unheard("INSERT INTO records", () => store.claimConsumer(veraAtAsha, "vera's token", 1)));
    assert.equal(await unheard("INSERT INTO records", () => store.keep("name", "value")), "value");
    assert.equal(
      (await unheard("UPDATE rooms SET blocked", () => store.blockVisitor(veraAtAsha, 7)))?.blocked,
      7,
    );
    await store.unblockVisitor(veraAtAsha);
    await send(store, veraAtAsha, "one", "two");
    commits.arm();
    assert.equal(await store.markRead(veraAtAsha, "admin", 2), 2);
    assert(commits.count() > 0);
    const push = { username: "asha", endpoint: "https://push.example/1", p256dh: "p", auth: "a", created: 1 };
    await unheard("INSERT INTO records", () => store.savePush(push));
    await unheard("DELETE FROM records", () => store.dropPush("asha", "https://push.example/1"));
    assert.deepEqual(await store.pushes("asha"), []);
    commits.arm();
    assert.equal(await store.forgetVisitor(veraAtAsha), true);
    assert(commits.count() > 0);
    await close();
  },
);

testPostgres("connections cut at any moment lose and double nothing", async (server) => {
  const { store, cutter, close } = await openOverCutter(server);
  let pieces = 0;
  cutter.judge = () => ++pieces % 23 === 0 ? "cut" : "pass";
  const keys = numbers(8).map((n) => ({ admin: "asha", consumer: `v${n}` }));
  const acked: string[] = [];
  await Promise.all(keys.map(async (key) => {
    for (const n of numbers(40)) {
      const name = `${key.consumer} ${n}`;
      for (let done = false; !done;) {
        // Retries under the same id until it succeeds, as a client does.
        done = await store.appendMessage(draft(key, name, { client_id: name, at: Date.now() }))
          .then(() => true, (error) => (assert(error instanceof Unavailable), false));
      }
      acked.push(name);
    }
  }));
  cutter.judge = () => "pass";
  for (const key of keys) {
    const messages = await store.messagesAfter(key, 0, 100);
    assert.deepEqual(
      messages.map(({ seq, content }) => [seq, content]),
      numbers(40).map((n) => [n, `${key.consumer} ${n}`]),
    );
  }
  assert.equal(acked.length, 320);
  await close();
});

testPostgres("a room whose lock is stuck delays no other, and goes on once it is free", async (server) => {
  const url = server.schema();
  const store = await openStore(url);
  await send(store, veraAtAsha, "hello");
  await send(store, victorAtAsha, "hello");
  const stuck = Promise.withResolvers<void>(), locked = Promise.withResolvers<void>();
  const holding = server.do((sql) =>
    sql.begin(async (sql) => {
      await sql`SELECT FROM rooms WHERE consumer = 'vera' FOR UPDATE`;
      locked.resolve();
      await stuck.promise;
    }), url);
  await locked.promise;
  const late = [1, 2, 3].map(() => store.appendMessage(draft(veraAtAsha, "late")));
  const marks = numbers(30).map((n) => store.markRead(veraAtAsha, "admin", n));
  for (const one of [...late, ...marks]) one.catch(() => {});
  for (const n of numbers(20)) {
    const began = performance.now();
    await store.appendMessage(draft(victorAtAsha, `${n}`));
    assert(performance.now() - began < 900, "another room waits along");
    await store.messagesAfter(veraAtAsha, 0, 10);
  }
  for (const one of late) await isUnavailable(one, 5_000);
  await Promise.allSettled(marks);
  stuck.resolve();
  await holding;
  assert.equal((await store.appendMessage(draft(veraAtAsha, "again"))).message.seq, 2);
  await store.close();
});

testPostgres(
  "while the server is away everything is refused soon, and then goes on by itself",
  async (server) => {
    const store = await openStore(server.schema());
    await send(store, veraAtAsha, "hello");
    await server.pause("QUIT");
    try {
      await Promise.all([
        isUnavailable(store.appendMessage(draft(veraAtAsha, "lost")), 3_500),
        isUnavailable(store.messagesAfter(veraAtAsha, 0, 10), 3_500),
        isUnavailable(store.room(veraAtAsha), 3_500),
        isUnavailable(store.ready(), 3_500),
      ]);
      await Promise.all(numbers(500).map(() => isUnavailable(store.room(veraAtAsha), 3_500)));
    } finally {
      await server.resume();
    }
    await untilReady(store, 5_000);
    assert.equal((await store.appendMessage(draft(veraAtAsha, "again"))).message.seq, 2);
    await store.close();
  },
);

testPostgres("a server that says nothing any more is given up, and found again", async (server) => {
  const { store, cutter, close } = await openOverCutter(server);
  await send(store, veraAtAsha, "hello");
  cutter.isHeld = true;
  await Promise.all([
    isUnavailable(store.appendMessage(draft(veraAtAsha, "lost")), 9_000),
    isUnavailable(store.room(veraAtAsha), 9_000),
  ]);
  await isUnavailable(store.room(veraAtAsha), 2_000);
  cutter.isHeld = false;
  await untilReady(store, 10_000);
  await send(store, veraAtAsha, "again");
  await close();
});

testPostgres("what the server itself refuses fails alone among what is written with it", async (server) => {
  const store = await openStore(server.schema());
  const [first, refused, second] = await Promise.allSettled([
    store.appendMessage(draft(veraAtAsha, "one")),
    store.appendMessage(draft(veraAtAsha, "cut\0off")),
    store.appendMessage(draft(veraAtAsha, "two")),
  ]);
  assert(first.status === "fulfilled" && second.status === "fulfilled" && refused.status === "rejected");
  assert(!(refused.reason instanceof Unavailable));
  assert.deepEqual([first.value.message.seq, second.value.message.seq], [1, 2]);
  await store.close();
});

testPostgres(
  "two processes' stores write to one room without a gap, each in its own order",
  async (server) => {
    const url = server.schema();
    const [one, two] = await Promise.all([openStore(url), openStore(url)]);
    await Promise.all([
      sendMany(one, veraAtAsha, 500),
      sendMany(two, veraAtAsha, 500),
      sendMany(two, victorAtAsha, 500),
    ]);
    const messages = [...await one.messagesAfter(veraAtAsha, 0, 1_000)];
    assert.deepEqual(messages.map(({ seq }) => seq), numbers(1_000));
    assert.deepEqual(
      messages.map(({ content }) => Number(content)).sort((a, b) => a - b),
      numbers(1_000).map((n) => Math.ceil(n / 2)),
    );
    await Promise.all([one.close(), two.close()]);
  },
);
