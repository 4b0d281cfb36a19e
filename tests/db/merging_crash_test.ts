import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { testEachEngine } from "./each_engine.ts";
import { killedWriter } from "./killed_writer.ts";
import { numbers } from "./contract/fixtures.ts";
import { forwards } from "./contract/message_pages.ts";

/** Minimum number of messages before the writer is killed. */
const enough = 300;

/** Every acknowledged message is in exactly one room, and each former id leads to the room or still has one. */
async function outlives(url: string): Promise<void> {
  const told = await killedWriter(new URL("merging_burst.ts", import.meta.url), [url], enough);
  let store = await openStore(url);
  // What was under way is finished by the next writer, or when the store is opened.
  const { rooms } = await store.rooms("asha", { limit: 10, filter: "all", messages: 0 });
  for (const { room: { consumer } } of rooms) {
    const text = {
      admin: "asha",
      consumer,
      side: "visitor",
      kind: "text",
      content: "after",
      at: Date.now(),
    } as const;
    await store.appendMessage(text).catch(() => {});
  }
  await store.close();
  store = await openStore(url);
  const ids: string[] = [];
  for (const { room } of (await store.rooms("asha", { limit: 10, filter: "all", messages: 0 })).rooms) {
    const messages = await forwards(store, room, 200);
    assert.deepEqual(messages.map(({ seq }) => seq), numbers(room.head));
    ids.push(...messages.flatMap(({ client_id }) => client_id ?? []));
    if (room.consumer !== "vera") assert.equal(await store.consumerNow(room), room.consumer);
  }
  assert.deepEqual(told.filter((id) => !ids.includes(id)), []);
  assert.equal(new Set(ids).size, ids.length, "none twice");
  assert.equal(await store.consumerNow({ admin: "asha", consumer: "anna1" }), "vera");
  await store.close();
  if (url.startsWith("sqlite:")) {
    const problems = checkDatabase(url.slice("sqlite:".length)).problems;
    // This writer has no account.
    assert.deepEqual(problems.filter((line) => !line.includes("account")), []);
  }
}

testEachEngine("merges outlive kill -9 with every message, in one room", outlives);
