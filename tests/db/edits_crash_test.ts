import assert from "node:assert/strict";
import { parsePhrases } from "../../db/search_phrases.ts";
import { openStore } from "../../db/open.ts";
import type { Store } from "../../db/store.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { testEachEngine } from "./each_engine.ts";
import { killedWriter } from "./killed_writer.ts";
import { numbers } from "./contract/fixtures.ts";
import { forwards } from "./contract/message_pages.ts";

/** Minimum number of edits before the writer is killed. */
const enough = 60;

/** Every acknowledged edit is stored, and each text is as the last edit of it says. */
async function outlives(url: string): Promise<void> {
  const told = await killedWriter(new URL("edits_burst.ts", import.meta.url), [url], enough);
  const store = await openStore(url);
  for (const consumer of ["vera", "victor"]) {
    const stored = await editsOf(store, consumer);
    const missing = told.filter((line) => line.startsWith(`${consumer} `) && !stored.includes(line));
    assert.deepEqual(missing, []);
  }
  const former = await store.searchMessages("asha", { phrases: parsePhrases("one"), limit: 50 });
  assert.deepEqual(former.found.filter(({ message }) => message.content !== "one"), []);
  await store.close();
  if (url.startsWith("sqlite:")) assert.deepEqual(checkDatabase(url.slice("sqlite:".length)).problems, []);
}

async function editsOf(store: Store, consumer: string): Promise<string[]> {
  const messages = await forwards(store, { admin: "asha", consumer }, 200);
  assert.deepEqual(messages.map(({ seq }) => seq), numbers(messages.length));
  for (const text of messages.filter(({ kind }) => kind === "text")) {
    const edits = messages.filter(({ edit }) => edit?.seq === text.seq), last = edits.at(-1);
    assert.deepEqual([text.content, text.edited, text.deleted], [
      ...[last?.content ?? "draft", last?.seq, last?.edit?.deleted],
    ]);
    assert(edits.slice(0, -1).every(({ content }) => content === ""));
  }
  return messages.flatMap(({ edit, seq }) => edit ? [`${consumer} ${edit.seq} ${seq}`] : []);
}

testEachEngine("edits and deletions outlive kill -9, each with its text", outlives);
