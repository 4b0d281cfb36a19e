import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../../db/open.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import { searchPath } from "../../../db/sqlite/search_file.ts";
import { eventually } from "../../harness/eventually.ts";
import { morning, numbers, send, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

/** Whether any of the search index's files contains a word. */
function isInIndex(file: DatabaseFile, word: string): boolean {
  return ["", "-wal"].some((suffix) => {
    try {
      const bytes = Deno.readFileSync(searchPath(file.path) + suffix);
      return new TextDecoder("latin1").decode(bytes).includes(word);
    } catch {
      return false;
    }
  });
}

Deno.test("what was forgotten leaves no word in the search index, in no page of any of its files", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const holds = (word: string) => isInIndex(file, word);
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

Deno.test("an edited or deleted text leaves no word in the search index, and its former text goes as well", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const dump = () => new DatabaseSync(file.path, { readOnly: true });
  const holds = (word: string) => isInIndex(file, word);
  const formerTexts = () => {
    const db = dump();
    try {
      return db.prepare("SELECT count(*) AS n FROM replaced_texts").get()!.n;
    } finally {
      db.close();
    }
  };
  await Promise.all(numbers(200).map((n) => send(store, victorAtAsha, `tea number ${n} xylophone`)));
  await send(store, veraAtAsha, "my name is quetzalcoatlus", "or pteranodon");
  await eventually(() => holds("quetzalcoatlus") && holds("pteranodon"), { ms: 10_000 });
  const edit = { ...veraAtAsha, side: "visitor", kind: "edit", at: morning } as const;
  await store.appendMessage({ ...edit, content: "my name is dodo", edit: { seq: 1 } });
  await store.appendMessage({ ...edit, content: "", edit: { seq: 2, deleted: true } });
  await eventually(() => !holds("quetzalcoatlus") && !holds("pteranodon") && formerTexts() === 0, {
    ms: 10_000,
  });
  const find = async (q: string) =>
    (await store.searchMessages("asha", { phrases: parsePhrases(q), limit: 500 })).found.length;
  await eventually(() => holds("dodo"), { ms: 10_000 });
  assert.deepEqual([await find("quetzalcoatlus"), await find("dodo"), await find("xylophone")], [0, 1, 200]);
  await store.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
});
