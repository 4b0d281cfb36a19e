import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import { forwards } from "../contract/message_pages.ts";
import { numbers } from "../contract/fixtures.ts";
import { killedWriter } from "../killed_writer.ts";
import { DatabaseFile } from "./database_file.ts";

const rounds = 3;
const burst = new URL("burst.ts", import.meta.url);
/** Minimum number of acknowledged messages before a burst is killed. */
const enough = 400;

Deno.test("whatever the store has answered for outlives kill -9, each message once and without a gap", async () => {
  using file = new DatabaseFile();
  const answered: string[] = [];
  for (const round of numbers(rounds)) {
    answered.push(...await killedWriter(burst, [file.url, `${round}`], enough));
    const store = await openStore(file.url);
    const stored = await history(store);
    await store.close();
    assert(answered.length >= enough * round);
    const missing = answered.filter((line) => !stored.has(line));
    assert.deepEqual(missing, []);
  }
});

/**
 * All stored messages, in the burst's output format. Also checks the seqs, and that no message is stored
 * twice.
 */
async function history(store: Store): Promise<Set<string>> {
  const lines = new Set<string>();
  let count = 0;
  for (const consumer of ["c0", "c1", "c2", "c3", "c4"]) {
    const messages = await forwards(store, { admin: "asha", consumer }, 200);
    assert.deepEqual(messages.map(({ seq }) => seq), numbers(messages.length));
    assert.equal(new Set(messages.map(({ client_id }) => client_id)).size, messages.length);
    for (const { seq, content } of messages) lines.add(`${consumer} ${seq} ${content}`);
    count += messages.length;
  }
  assert.equal(lines.size, count);
  return lines;
}
