import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { DatabaseFile } from "./database_file.ts";

Deno.test("a store says that it is ready only after a write that has reached its file, each time", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const written = () => Deno.statSync(`${file.path}-wal`).size;
  for (let times = 0; times < 5; times++) {
    const before = written();
    await store.ready();
    assert.ok(written() > before, `the ${times + 1}th time nothing was written`);
  }
  await store.close();
});
