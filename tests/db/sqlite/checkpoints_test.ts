import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import { CheckpointThread } from "../../../db/sqlite/checkpoint_thread.ts";
import { Checkpoints } from "../../../db/sqlite/checkpoints.ts";
import { reservePath } from "../../../db/sqlite/reserve.ts";
import { eventually } from "../../harness/eventually.ts";
import { draft, numbers, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const megabyte = 1_000_000;
const content = "x".repeat(4_000);

Deno.test("under load the WAL is begun anew again and again", async () => {
  using file = new DatabaseFile();
  const troubles: string[] = [];
  const store = await openStore(file.url, { onTrouble: (what, error) => troubles.push(`${what}: ${error}`) });
  await firstCheckpoint(store, file);
  const began = performance.now();
  let written = 0, longest = 0;
  while (written < 150 * megabyte) {
    await Promise.all(numbers(100).map(() => store.appendMessage(draft(veraAtAsha, content))));
    written += 100 * content.length;
    longest = Math.max(longest, Deno.statSync(`${file.path}-wal`).size);
    // At most 30 MB per second.
    await sleep(Math.max(0, written / (30 * megabyte) * 1_000 - (performance.now() - began)));
  }
  await store.close();
  assert(longest < 75 * megabyte, `${longest / megabyte} MB`);
  assert.deepEqual(troubles, []);
});

/** Waits until the Worker runs; in tests its types are checked first. */
async function firstCheckpoint(store: Store, file: DatabaseFile): Promise<void> {
  const before = Deno.statSync(file.path).size;
  await store.appendMessage(draft(veraAtAsha, content));
  while (Deno.statSync(file.path).size === before) await sleep(20);
}

Deno.test("a closed database leaves no WAL behind", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await firstCheckpoint(store, file);
  await store.close();
  const names = [...Deno.readDirSync(`${file.folder}/data`)].map(({ name }) => name);
  assert(names.includes("parlor.db"));
  assert.deepEqual(names.filter((name) => /-(wal|shm)$/.test(name)), []);
});

/**
 * Runs checkpoints with a Worker of the given code, notified of one commit; returns the recorded calls until
 * they are closed after `forMs`.
 */
async function withWorker(code: string, forMs = 1_300): Promise<string[]> {
  const module = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const happened: string[] = [];
  const checkpoints = new Checkpoints({
    writes: {
      pause: () => happened.push("held"),
      resume: () => happened.push("let go"),
      stop: () => happened.push("stopped"),
      goOn: () => happened.push("goes on"),
      refuseUntil: () => {},
      isWaitedFor: false,
    },
    onTrouble: (_, error) => happened.push(String(error)),
    startThread: () => new CheckpointThread("unused", new URL(module)),
  });
  checkpoints.wake();
  await sleep(forMs);
  await checkpoints.close();
  URL.revokeObjectURL(module);
  return happened;
}

Deno.test("a Worker that dies is reported, and nothing else ends", async () => {
  const [trouble, ...rest] = await withWorker(`onmessage = () => { throw new Error("out of memory"); };`);
  assert.match(trouble!, /out of memory/);
  assert.deepEqual(rest, []);
});

Deno.test("a Worker that dies while writes are held does not leave them held", async () => {
  const [held, letGo, trouble] = await withWorker(`onmessage = ({ data }) => {
    if (data.mode === "RESTART") throw new Error("out of memory");
    postMessage({ frames: 1e6, left: 0 });
  };`);
  assert.deepEqual([held, letGo], ["held", "let go"]);
  assert.match(trouble!, /out of memory/);
});

Deno.test("writes are not held for a Worker that takes too long", async () => {
  const slow = `onmessage = ({ data }) => {
    if (data.mode === "PASSIVE") postMessage({ frames: 1e6, left: 0 });
  };`;
  assert.deepEqual(await withWorker(slow, 2_500), ["held", "let go"]);
});

Deno.test("a checkpoint that failed is tried again, by a new Worker, without another write", async () => {
  const module = URL.createObjectURL(
    new Blob([`onmessage = () => postMessage({ failed: "disk I/O error" });`], { type: "text/javascript" }),
  );
  let workers = 0, failures = 0;
  const nothing = () => {};
  const checkpoints = new Checkpoints({
    writes: {
      pause: nothing,
      resume: nothing,
      stop: nothing,
      goOn: nothing,
      refuseUntil: nothing,
      isWaitedFor: false,
    },
    onTrouble: () => failures++,
    startThread: () => (workers++, new CheckpointThread("unused", new URL(module))),
    afterFailureMs: 50,
  });
  checkpoints.wake();
  await eventually(() => failures >= 3);
  assert(workers >= 3);
  await checkpoints.close();
  URL.revokeObjectURL(module);
});

Deno.test("a checkpoint that fails is reported", async () => {
  const [trouble] = await withWorker(`onmessage = () => postMessage({ failed: "disk I/O error" });`);
  assert.match(trouble!, /disk I\/O error/);
});

Deno.test("the Worker, which may touch the database's files alone, checkpoints and keeps the reserve", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const thread = new CheckpointThread(file.path);
  const reserved = () => Deno.statSync(reservePath(file.path)).size;
  await store.appendMessage(draft(veraAtAsha, content));
  assert.equal((await thread.checkpoint("PASSIVE")).left, 0);
  assert.equal(reserved(), 4 * 2 ** 20);
  await store.appendMessage(draft(veraAtAsha, content));
  const { left, hasRoom } = await thread.checkpoint("TRUNCATE");
  assert.deepEqual({ left, hasRoom }, { left: 0, hasRoom: true });
  assert.equal(reserved(), 4 * 2 ** 20);
  await thread.close();
  await store.close();
});
