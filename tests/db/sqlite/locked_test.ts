import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { draft, numbers, send, sendMany, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";
import { LoopLag } from "./loop_lag.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Upper bound of the event loop's lag: a busy wait would exceed it by far, a loaded machine rarely does.
 * Milliseconds.
 */
const standstillMs = 300;

/** Locks the file as another program would. Returns a function that unlocks it. */
function lock(file: DatabaseFile): () => void {
  const other = file.connect();
  other.exec("BEGIN IMMEDIATE");
  return () => {
    other.exec("ROLLBACK");
    other.close();
  };
}

Deno.test("a write waits out another program's short lock, in its order, while everything else goes on", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "before");
  const release = lock(file);
  const lag = new LoopLag();
  const writes = numbers(1_200).map((n) => store.appendMessage(draft(veraAtAsha, `${n}`)));
  await sleep(150);
  assert.equal((await store.messagesAfter(veraAtAsha, 0, 100)).length, 1);
  const late = store.appendMessage(draft(veraAtAsha, "late"));
  await sleep(250);
  release();
  const messages = await Promise.all([...writes, late]);
  assert.deepEqual(messages.map(({ message }) => message.seq), numbers(1_201).map((n) => n + 1));
  assert(lag.stop() < standstillMs);
  await store.close();
});

Deno.test("under a long lock writes are refused after about a second, reads go on, and all is well afterwards", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "before");
  const release = lock(file);
  const lag = new LoopLag();
  const began = performance.now();
  const refused = numbers(5).map((n) =>
    assert.rejects(store.appendMessage(draft(veraAtAsha, `${n}`, { client_id: `${n}` })), Unavailable)
  );
  refused.push(assert.rejects(store.ready(), Unavailable));
  await Promise.all(refused);
  const waitedMs = performance.now() - began;
  assert(waitedMs > 800 && waitedMs < 1_800, `${waitedMs} ms`);
  assert.equal((await store.messagesAfter(veraAtAsha, 0, 100)).length, 1);
  assert.equal((await store.room(veraAtAsha))?.head, 1);
  assert(lag.stop() < standstillMs);
  release();
  await store.ready();
  const retried = await store.appendMessage(draft(veraAtAsha, "1", { client_id: "1" }));
  assert.deepEqual([retried.fresh, retried.message.seq], [true, 2]);
  await store.close();
});

Deno.test("a store that is closed under a lock settles every write and ends", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await sendMany(store, veraAtAsha, 1);
  const release = lock(file);
  const refused = assert.rejects(store.appendMessage(draft(veraAtAsha, "lost")), Unavailable);
  await store.close();
  await refused;
  release();
  const again = await openStore(file.url);
  assert.equal((await again.room(veraAtAsha))?.head, 1);
  await again.close();
});
