import assert from "node:assert/strict";
import { variableNames } from "../server/config.ts";
import { protocolPage } from "../docs/protocol_page.ts";
import { scenarios } from "./stress/scenarios.ts";

const root = new URL("../", import.meta.url);
const read = (path: string) => Deno.readTextFileSync(new URL(path, root));

const pages = [
  "README.md",
  "SECURITY.md",
  ...Array.from(Deno.readDirSync(new URL("docs", root)))
    .filter(({ name }) => name.endsWith(".md")).map(({ name }) => `docs/${name}`),
];

/** All matches of a pattern's first group in the pages, each with its page. */
const found = (pattern: RegExp): [string, string][] =>
  pages.flatMap((page) =>
    Array.from(read(page).matchAll(pattern), ({ 1: text }) => [text!, page] as [string, string])
  );

Deno.test("docs/protocol.md says what the schemas say", () => {
  assert.equal(read("docs/protocol.md"), protocolPage(), "run `deno task docs`");
});

Deno.test("the pages name files and link to pages that are there", () => {
  const paths = found(/`((?:tests|docs|bench|bot|chat|db|protocol|routes|sockets|web)\/[\w./]+)`/g);
  assert.ok(paths.length > 30);
  for (const [path, page] of paths) assert.ok(isThere(new URL(path, root)), `${page}: ${path}`);
  for (const [path, page] of found(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
    assert.ok(isThere(new URL(path, new URL(page, root))), `${page}: ${path}`);
  }
});

Deno.test("the pages name tasks and settings that are there", () => {
  const { tasks } = JSON.parse(read("deno.json"));
  for (const [task, page] of found(/deno task ([a-z_]+)/g)) assert.ok(tasks[task], `${page}: ${task}`);
  // Variables of the runtime, the start task and the tests.
  const others = ["DENO_DIR", "PERMISSIONS", "PARLOR_FULL_TESTS"];
  for (const [name, page] of found(/\b([A-Z]+(?:_[A-Z]+)*)=(?=[\w"/.])/g)) {
    assert.ok([...variableNames, ...others].includes(name), `${page}: ${name}`);
  }
});

Deno.test("docs/reliability.md tells of every scenario of the stress run, and of no other", () => {
  const page = read("docs/reliability.md");
  const table = /\| scenario +\|[\s\S]*?\n\n/.exec(page)![0];
  const listed = Array.from(table.matchAll(/^\| `(\w+)`/gm), ({ 1: name }) => name);
  const names = scenarios.map(({ name }) => name);
  assert.deepEqual(listed.toSorted(), names.toSorted());
  for (const [, name] of page.matchAll(/stress `(\w+)`/g)) assert.ok(names.includes(name!), name);
});

function isThere(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch {
    return false;
  }
}
