import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import { searchPath } from "../../../db/sqlite/search_file.ts";
import { eventually } from "../../harness/eventually.ts";
import { morning, numbers, send, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

Deno.test("what was forgotten leaves no word in the search index, in no page of any of its files", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const path = searchPath(file.path);
  const holds = (word: string) =>
    ["", "-wal"].some((suffix) => {
      try {
        return new TextDecoder("latin1").decode(Deno.readFileSync(path + suffix)).includes(word);
      } catch {
        return false;
      }
    });
  await Promise.all(numbers(400).map((n) => send(store, victorAtAsha, `tea number ${n} xylophone`)));
  await send(store, veraAtAsha, "my name is quetzalcoatlus", "quetzalcoatlus again");
  await store.appendMessage({
    ...veraAtAsha,
    side: "admin",
    kind: "status",
    content: "resolved",
    at: morning,
  });
  await eventually(() => holds("quetzalcoatlus"), { ms: 10_000 });
  assert.equal(await store.forgetVisitor(veraAtAsha), true);
  assert.equal(holds("quetzalcoatlus"), false);
  const find = async (q: string) =>
    (await store.searchMessages("asha", { phrases: parsePhrases(q), limit: 500 })).found.length;
  assert.equal(await find("quetzalcoatlus"), 0);
  assert.equal(await find("xylophone"), 400);
  await send(store, veraAtAsha, "back again");
  assert.equal(await find("back again"), 1);
  await store.close();
});
