import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { testEachEngine } from "./each_engine.ts";
import { killedWriter } from "./killed_writer.ts";

/** Minimum number of acknowledged commits before the writer is killed. */
const enough = 60;

/** Every acknowledged commit is stored; any other commit is stored completely or not at all. */
async function outlives(url: string): Promise<void> {
  const lines = await killedWriter(new URL("records_burst.ts", import.meta.url), [url], enough);
  const answered = lines.map(Number);
  const { records, close } = await openStore(url);
  const stored = await records.list("burst", ["asha"], { limit: 100_000 });
  const found = new Set(stored.map(({ value }) => value));
  assert.deepEqual(answered.filter((n) => !found.has(n)), []);
  assert.equal(await records.counter("burst", ["asha"]), stored.length);
  await close();
}

testEachEngine("records and counters that were answered for outlive kill -9", outlives);
