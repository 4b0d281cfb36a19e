import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import type { Store } from "../../../db/store.ts";
import { eventually } from "../../harness/eventually.ts";
import { SmallDisk, testOnSmallDisk } from "../../harness/small_disk.ts";
import { draft, numbers, veraAtAsha } from "../contract/fixtures.ts";

testOnSmallDisk(
  "on a full disk writes are refused, reads go on, and once there is room all goes on by itself",
  async () => {
    using disk = new SmallDisk(8);
    const { folder } = disk;
    Deno.writeFileSync(`${folder}/ballast`, new Uint8Array(6_000_000));
    const store = await openStore(`sqlite:${folder}/parlor.db`);
    const stored = await fill(store);
    assert(stored > 10);
    assert.equal((await store.room(veraAtAsha))?.head, stored);
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 10);

    Deno.removeSync(`${folder}/ballast`);
    await store.ready();
    const retried = await store.appendMessage(draft(veraAtAsha, "again", { client_id: `${stored + 1}` }));
    assert.deepEqual([retried.fresh, retried.message.seq], [true, stored + 1]);
    await store.close();

    const again = await openStore(`sqlite:${folder}/parlor.db`);
    const seqs = (await again.messagesBefore(veraAtAsha, undefined, 10_000)).map(({ seq }) => seq);
    assert.deepEqual(seqs, numbers(stored + 1));
    await again.close();
  },
);

/** Visitors that keep writing regardless of errors; each message is retried until it is stored. */
function writeOn(store: Store) {
  let isOver = false, refusals = 0;
  const acked = new Map<string, number>();
  const all = numbers(6).map(async (visitor) => {
    const key = { admin: "asha", consumer: `v${visitor}` };
    for (let n = 1; !isOver; n++) {
      for (let isStored = false; !isStored && !isOver;) {
        const one = draft(key, "x".repeat(3_500), { client_id: `${visitor} ${n}` });
        isStored = await store.appendMessage(one).then(({ message }) => {
          acked.set(key.consumer, message.seq);
          refusals = 0;
          return true;
        }, (error) => (assert(error instanceof Unavailable), refusals++, false));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  });
  return {
    acked,
    count: () => acked.values().reduce((sum, seq) => sum + seq, 0),
    /** Rejected writes since the last stored one. */
    refusals: () => refusals,
    async end() {
      isOver = true;
      await Promise.all(all);
    },
  };
}

/** Resolves after five attempts to free space, with each visitor rejected each time. */
async function untilFull(writers: ReturnType<typeof writeOn>): Promise<void> {
  await eventually(() => writers.refusals() >= 30, { ms: 120_000 });
}

testOnSmallDisk(
  "whatever is freed while visitors go on writing is used up to the end, again and again",
  async () => {
    using disk = new SmallDisk(40);
    const ballast = ["a", "b", "c", "d"].map((name) => `${disk.folder}/${name}`);
    for (const [i, path] of ballast.entries()) {
      Deno.writeFileSync(path, new Uint8Array([8, 8, 8, 1.5][i]! * 1_000_000));
    }
    const url = `sqlite:${disk.folder}/parlor.db`;
    const store = await openStore(url);
    const writers = writeOn(store);
    await untilFull(writers);
    for (const [i, path] of ballast.entries()) {
      const before = writers.count();
      Deno.removeSync(path);
      // 8 MB hold 2,000 messages of maximum size; what the WAL needs in addition is released again.
      const least = [800, 800, 800, 100][i]!;
      await eventually(() => writers.count() - before > least, {
        ms: 120_000,
        state: () => `${writers.count() - before} after piece ${i}`,
      });
      await untilFull(writers);
      await assert.rejects(store.ready(), Unavailable);
    }
    await writers.end();
    await store.close();
    const again = await openStore(url);
    for (const [consumer, seq] of writers.acked) {
      assert((await again.room({ admin: "asha", consumer }))!.head >= seq);
    }
    await again.close();
    assert.deepEqual(checkDatabase(`${disk.folder}/parlor.db`).problems, []);
  },
);

testOnSmallDisk(
  "a process that was killed on a full disk starts on it, reads, and goes on with room",
  async () => {
    using disk = new SmallDisk(16);
    const ballast = `${disk.folder}/ballast`;
    Deno.writeFileSync(ballast, new Uint8Array(4_000_000));
    const url = `sqlite:${disk.folder}/parlor.db`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", new URL("./fill_disk.ts", import.meta.url).pathname, url],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(
      new TextDecoderStream() as TransformStream<Uint8Array<ArrayBuffer>, string>,
    );
    let said = "";
    for await (const text of reader) said += text;
    assert.equal((await child.status).signal, "SIGKILL");
    const stored = Number(/(\d+) full/.exec(said)![1]);
    // Fills the disk to the last byte.
    for (let size = 65_536; size >= 1; size /= 2) {
      for (let n = 0, isRoom = true; isRoom; n++) {
        try {
          Deno.writeFileSync(`${disk.folder}/rest-${size}-${n}`, new Uint8Array(size));
        } catch {
          isRoom = false;
        }
      }
    }
    const store = await openStore(url);
    assert((await store.room(veraAtAsha))!.head >= stored);
    Deno.removeSync(ballast);
    await eventually(() => store.ready().then(() => true, () => false));
    assert((await store.appendMessage(draft(veraAtAsha, "again"))).message.seq > stored);
    await store.close();
  },
);

/**
 * Writes concurrently until a write is rejected. Returns the number of stored messages, all of them before
 * the first rejected one.
 */
async function fill(store: Store): Promise<number> {
  for (let stored = 0; stored < 10_000; stored += 4) {
    const writes = numbers(4).map((n) =>
      store.appendMessage(draft(veraAtAsha, "x".repeat(4_000), { client_id: `${stored + n}` }))
    );
    const refused = (await Promise.allSettled(writes)).filter((one) => one.status === "rejected");
    for (const { reason } of refused) {
      assert(reason instanceof Unavailable && /disk is full/.test(reason.message));
    }
    if (refused.length) {
      assert.equal(refused.length, 4);
      return stored;
    }
  }
  assert.fail("the disk never got full");
}
