import assert from "node:assert/strict";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Module, modulesFrom } from "./harness/modules.ts";

/** Imports point to the right: a folder may import any folder after it in its row. */
const rows = [
  ["commands", "main", "server", "routes", "sockets", "chat", "db", "protocol"],
  ["commands", "main", "server", "routes", "bot", "chat", "db", "protocol"],
  ["commands", "main", "server", "jobs", "chat", "db", "protocol"],
  ["commands", "web", "protocol"],
];
const root = fileURLToPath(new URL("..", import.meta.url));

function folderOf(specifier: string): string | undefined {
  if (!specifier.startsWith("file:")) return undefined;
  const path = relative(root, fileURLToPath(specifier));
  if (path.startsWith("..") || path.startsWith("node_modules") || path === "deno.json") return undefined;
  return path.includes("/") ? path.split("/")[0] : "main";
}

/** Every source file of the product, including files that nothing imports. */
async function* sources(folder: string): AsyncIterable<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

function wrongArrows(modules: Module[]): string[] {
  const wrong: string[] = [];
  for (const { specifier, dependencies = [] } of modules) {
    const from = folderOf(specifier);
    if (!from) continue;
    for (const { code, type } of dependencies) {
      const to = folderOf(code?.specifier ?? type?.specifier ?? "");
      if (!to || to === from || from === "tests") continue;
      const isAllowed = rows.some((row) => row.includes(from) && row.indexOf(to) > row.indexOf(from));
      if (!isAllowed) wrong.push(`${relative(root, fileURLToPath(specifier))} → ${to}`);
    }
  }
  return wrong;
}

/** Groups of files with circular imports, one path per circle. */
function circles(modules: Module[]): string[] {
  const imports = new Map(
    modules.filter(({ specifier }) => folderOf(specifier)).map((module) => [
      module.specifier,
      (module.dependencies ?? []).flatMap(({ code, type }) => [code?.specifier, type?.specifier])
        .filter((to) => to !== undefined && folderOf(to) !== undefined) as string[],
    ]),
  );
  const found: string[] = [], done = new Set<string>(), path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) return void found.push([...path.slice(start), file].map(nameOf).join(" → "));
    if (done.has(file)) return;
    path.push(file);
    for (const to of new Set(imports.get(file))) if (to !== file) visit(to);
    path.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return found;
}

const nameOf = (specifier: string) => relative(root, fileURLToPath(specifier));

async function readProduct(): Promise<Module[]> {
  const files = [`${root}main.ts`];
  for (const folder of new Set(rows.flat())) {
    if (folder === "main") continue;
    for await (const file of sources(root + folder)) files.push(file);
  }
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  const list = files.map((file) => `import ${JSON.stringify(`file://${file}`)};`).join("\n");
  await Deno.writeTextFile(entry, list);
  const modules = await modulesFrom(entry);
  await Deno.remove(entry);
  assert.ok(modules.filter((module) => folderOf(module.specifier)).length > 40, "the product was read");
  return modules;
}

Deno.test("imports point one way: commands → main → server → routes → sockets → chat → db → protocol ← web", async () => {
  assert.deepEqual(wrongArrows(await readProduct()), []);
});

Deno.test("no files import each other in circles, not even types", async () => {
  assert.deepEqual(circles(await readProduct()), []);
});

/** What serves visitors; it gets what members do handed in. */
const onVisitorsWay = [
  "chat/rooms/messages.ts",
  "chat/rooms/rooms.ts",
  "chat/visitors/visitor_sessions.ts",
  "chat/visitors/visitor_policy.ts",
  "sockets/endpoints/chat_socket.ts",
  "sockets/endpoints/room_commands.ts",
  "sockets/endpoints/room_socket.ts",
  "sockets/endpoints/welcome.ts",
];
/** What reads or tells what only members see. A visitor's rating is written there and notified. */
const forMembers =
  /^(chat\/staff\/(?!staff_log|notify)|sockets\/endpoints\/(staff_commands|member_socket)|sockets\/channels\/(staff_feed|notice_feed|member_feeds|suggestions))/;

/** Imports that lead from a file to what only members may see, types included. One path for each such file. */
function waysToStaff(modules: Module[], from: string): string[] {
  const imports = new Map(modules.map((module) => [module.specifier, module.dependencies ?? []]));
  const found: string[] = [], done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    if (done.has(file) || folderOf(file) === undefined) return;
    done.add(file);
    const name = nameOf(file);
    if (forMembers.test(name)) return void found.push([...path, name].join(" → "));
    for (const { code, type } of imports.get(file) ?? []) {
      for (const to of [code?.specifier, type?.specifier]) if (to) visit(to, [...path, name]);
    }
  };
  visit(`file://${root}${from}`, []);
  return found;
}

Deno.test("nothing on a visitor's way imports what only members see", async () => {
  const modules = await readProduct();
  assert.deepEqual(onVisitorsWay.flatMap((file) => waysToStaff(modules, file)), []);
  assert(waysToStaff(modules, "routes/socket/socket.ts").length > 0, "the check sees who imports it");
});

Deno.test("the layers' check sees an arrow that points the wrong way", () => {
  const wrong = wrongArrows([{
    specifier: `file://${root}db/store.ts`,
    dependencies: [{ specifier: "../chat/chat.ts", type: { specifier: `file://${root}chat/chat.ts` } }],
  }]);
  assert.deepEqual(wrong, ["db/store.ts → chat"]);
});

Deno.test("the check of circles sees one that is closed by a type alone", () => {
  const [store, search] = [`file://${root}db/store.ts`, `file://${root}db/search_store.ts`];
  const found = circles([
    { specifier: store, dependencies: [{ specifier: "./search_store.ts", code: { specifier: search } }] },
    { specifier: search, dependencies: [{ specifier: "./store.ts", type: { specifier: store } }] },
  ]);
  assert.deepEqual(found, ["db/store.ts → db/search_store.ts → db/store.ts"]);
});
