import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { spentIds } from "../../../db/collections/spent_ids.ts";
import { DatabaseFile } from "./database_file.ts";

Deno.test("spent ids that have run out are forgotten, and nothing else that is kept", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.keep("secret", "kept");
  for (let i = 0; i < 20; i++) assert.equal(await store.spend(`proof ${i}`, 1_000 + i, 0), true);
  assert.equal(await store.spend("later", 5_000, 1_010), true);
  const isKept = async (i: number) => {
    const { collection, key } = spentIds.nameOf({ id: `proof ${i}`, until: 1_000 + i });
    return await store.records.get(collection, key) !== undefined;
  };
  assert.deepEqual([await isKept(9), await isKept(10)], [false, true]);
  assert.equal(await store.kept("secret"), "kept");
  await store.close();
});
