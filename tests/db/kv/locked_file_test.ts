import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../../db/open.ts";

Deno.test("a KV file whose lock another process holds for a moment is waited for", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const store = await openStore(`kv:${folder}/parlor.kv`);
  const other = new DatabaseSync(`${folder}/parlor.kv`);
  other.exec("BEGIN IMMEDIATE");
  const kept = store.keep("name", "value");
  await new Promise((resolve) => setTimeout(resolve, 100));
  other.exec("COMMIT");
  assert.equal(await kept, "value");
  assert.equal(await store.kept("name"), "value");
  other.close();
  await store.close();
  await Deno.remove(folder, { recursive: true });
});
