import assert from "node:assert/strict";
import { Overtaken } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";
import type { Store } from "../../db/store.ts";
import { testEachEngine } from "./each_engine.ts";
import { killedWriter } from "./killed_writer.ts";
import { draft, numbers } from "./contract/fixtures.ts";
import { forwards } from "./contract/message_pages.ts";

/** Minimum number of answers before the writer is killed. */
const enough = 40;

/**
 * Every acknowledged answer is stored, and each question has exactly one, also after all agents have retried.
 */
async function outlives(url: string): Promise<void> {
  const told = await killedWriter(new URL("answers_burst.ts", import.meta.url), [url], enough);
  const store = await openStore(url);
  for (const consumer of ["vera", "victor", "wanda"]) {
    const stored = await answers(store, consumer);
    const missing = told.filter((line) => line.startsWith(`${consumer} `) && !stored.includes(line));
    assert.deepEqual(missing, []);
    const before = (await store.room({ admin: "asha", consumer }))!.head;
    await Promise.all(stored.map((line) => tryAgain(store, line)));
    assert.equal((await store.room({ admin: "asha", consumer }))!.head, before);
  }
  await store.close();
}

/** A room's answers, in the format of the writer. Also asserts that no question has two. */
async function answers(store: Store, consumer: string): Promise<string[]> {
  const messages = await forwards(store, { admin: "asha", consumer }, 200);
  assert.deepEqual(messages.map(({ seq }) => seq), numbers(messages.length));
  return messages.flatMap(({ side, seq, client_id }) => {
    assert.equal(side, seq % 2 ? "visitor" : "admin");
    return side === "admin" ? [`${consumer} ${client_id} ${seq}`] : [];
  });
}

/** The retry of the accepted agent returns the same message; another agent's retry is rejected. */
async function tryAgain(store: Store, line: string): Promise<void> {
  const [, consumer, id, asked, seq] = /^(\w+) (\w+) (\d+) (\d+)$/.exec(line)!;
  const answer = draft({ admin: "asha", consumer: consumer! }, "?", {
    ...{ side: "admin", by: { id: id! }, client_id: `${id} ${asked}` },
    onlyIf: { noOtherAfter: Number(asked) },
  });
  const again = await store.appendMessage(answer);
  assert.deepEqual([again.fresh, again.message.seq], [false, Number(seq)]);
  const late = { ...answer, by: { id: "eve" }, client_id: `eve ${asked}` };
  await assert.rejects(store.appendMessage(late), Overtaken);
}

testEachEngine("conditional answers outlive kill -9, one to each question", outlives);
