import assert from "node:assert/strict";
import { settingsTable } from "../docs/settings_table.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../${path}`, import.meta.url));

Deno.test("the README lists every setting with its default", async () => {
  const readme = await read("README.md");
  const [, table] = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? [];
  const plain = (text = "") => text.replace(/ *\| */g, "|").replace(/-{3,}/g, "---").trim();
  assert.equal(plain(table), plain(settingsTable()), "run `deno task docs`");
});

Deno.test("every task that the README shows is there, and so is every page it links to", async () => {
  const readme = await read("README.md");
  const { tasks } = JSON.parse(await read("deno.json"));
  const shown = [...readme.matchAll(/deno(?:@[\d.]+)? task ([a-z]+)/g)].map((match) => match[1]!);
  assert.ok(shown.includes("start") && shown.includes("test"));
  for (const task of shown) assert.ok(tasks[task], task);
  for (const [, path] of readme.matchAll(/\]\(((?:docs|\.)[^)#]+)\)/g)) await read(path!);
});
