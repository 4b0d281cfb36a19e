import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { searchPath } from "../../db/sqlite/search_file.ts";
import { eventually } from "../harness/eventually.ts";
import { wires } from "../harness/parlor.ts";
import { history, say, statusOf, tabs } from "./broken_disk.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { signUp } from "./sign_up.ts";

/** Ways to move the file of a running service, and to restore it. */
const moves: [what: string, take: (path: string) => void, back: (path: string) => void][] = [
  [
    "moved away",
    (path) => Deno.renameSync(path, `${path}.away`),
    (path) => Deno.renameSync(`${path}.away`, path),
  ],
  [
    "removed, with a name left elsewhere",
    (path) => (Deno.linkSync(path, `${path}.away`), Deno.removeSync(path)),
    (path) => Deno.renameSync(`${path}.away`, path),
  ],
  [
    "replaced by a copy",
    (path) => (Deno.renameSync(path, `${path}.away`), Deno.copyFileSync(`${path}.away`, path)),
    (path) => Deno.renameSync(`${path}.away`, path),
  ],
  [
    "replaced by a folder",
    (path) => (Deno.renameSync(path, `${path}.away`), Deno.mkdirSync(path)),
    (path) => (Deno.removeSync(path), Deno.renameSync(`${path}.away`, path)),
  ],
];

/**
 * Whether the background threads have opened the file: the database itself contains the text, and the search
 * index covers it.
 */
function haveAllOpened(path: string, text: string): boolean {
  try {
    const index = new DatabaseSync(searchPath(path), { readOnly: true });
    const { value } = index.prepare("SELECT value FROM meta WHERE name = 'watermark'").get()!;
    index.close();
    return Number(value) > 0 && new TextDecoder("latin1").decode(Deno.readFileSync(path)).includes(text);
  } catch {
    return false; // it is being created
  }
}

for (const wire of wires) {
  Deno.test(`a database that was moved, removed or replaced under its service takes nothing more, and all once it is back (${wire})`, async () => {
    const folder = Deno.makeTempDirSync({ prefix: "parlor-" }), path = `${folder}/parlor.db`;
    await using service = await new ServiceProcess(folder, { WIRE: wire }).start();
    await signUp(service.address, "asha");
    const [visitor, tab] = await tabs(service), told: string[] = [];
    // Opening a copy beside another database's log would damage it, so all threads must have opened the file
    // before.
    assert.equal(await say(visitor, "first"), told.push("first"));
    await eventually(() => haveAllOpened(path, "first"), { state: () => {
      try { const index = new DatabaseSync(searchPath(path), { readOnly: true });
      const rows = index.prepare("SELECT * FROM meta").all(); index.close();
      return JSON.stringify(rows) + new TextDecoder("latin1").decode(Deno.readFileSync(path)).includes("first") + [...Deno.readDirSync(folder)].map((e) => e.name + Deno.statSync(folder + "/" + e.name).size); } catch (e) { return String(e) } } });
    for (const [what, take, back] of moves) {
      const before = `before it is ${what}`;
      assert.equal(await say(visitor, before), told.push(before));
      take(path);
      assert.equal(await say(visitor, what), "unavailable", what);
      await eventually(async () => await statusOf(service, "/readyz") === 503);
      assert.equal(await statusOf(service, "/healthz"), 200);
      await history(visitor).catch((e) => {
        throw e;
      });
      back(path);
      await eventually(async () => await statusOf(service, "/readyz") === 200);
      assert.equal(await say(visitor, what), told.push(what));
    }
    assert.match(service.output, /Writes are refused: its file was moved, removed or replaced/);
    await service.end("SIGKILL");
    await service.start();
    const [later, other] = await tabs(service);
    assert.deepEqual(await history(later), told, "all that was acknowledged");
    for (const client of [visitor, tab, later, other]) client.terminate();
    assert.equal((await service.end("SIGTERM")).code, 0);
    assert.deepEqual(checkDatabase(path).problems, []);
    Deno.removeSync(folder, { recursive: true });
  });
}
