import assert from "node:assert/strict";
import { keys } from "../../../db/kv/keys.ts";
import { openEngine } from "../../../db/kv/open.ts";
import { openStore } from "../../../db/open.ts";
import { draft, veraAtAsha } from "../contract/fixtures.ts";
import { KvFile } from "./file.ts";

Deno.test("kv: a client id of a former version stays known to its side, and is free for the other", async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  const { room } = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: "1" }));
  const { engine } = await openEngine(file.path);
  const now = await engine.get(keys.sent(room.id, "1", "visitor"));
  await engine.change({
    deletes: [now.key],
    sets: [{ key: keys.sentByEither(room.id, "1"), value: now.value }],
  });
  engine.close();
  const again = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: "1" }));
  assert.deepEqual([again.fresh, again.message.seq], [false, 1]);
  const answer = await store.appendMessage(draft(veraAtAsha, "welcome", { client_id: "1", side: "admin" }));
  assert.deepEqual([answer.fresh, answer.message.seq], [true, 2]);
  await store.close();
});
