import assert from "node:assert/strict";
import { CannotOpen } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { beginStart, connect, endStart } from "../../../db/sqlite/connection.ts";
import { migrate } from "../../../db/sqlite/migrate.ts";
import { sqliteMigrations } from "../../../db/migrations/sqlite.ts";
import { draft, send, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then(() => undefined, (error) => error);
  assert(error instanceof CannotOpen, `opened, or ${error}`);
  return error.message;
}

/** Runs a program of this folder in its own process. */
async function run(program: string, ...args: string[]) {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", new URL(program, import.meta.url).pathname, ...args],
    stderr: "inherit",
  }).output();
  return { code, said: new TextDecoder().decode(stdout) };
}

Deno.test("the folder of the database is made, for its owner alone", async () => {
  using file = new DatabaseFile();
  await (await openStore(file.url)).close();
  assert.equal(Deno.statSync(`${file.folder}/data`).mode! & 0o777, 0o700);
});

Deno.test("a second process on the same file is refused and told who has it", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const { code, said } = await run("open_and_say.ts", file.url);
  assert.equal(code, 1);
  const holder = "tryLockSync" in Deno.FsFile.prototype ? `process ${Deno.pid} ` : "another process";
  assert(said.includes(file.path) && said.includes(holder), said);
  await send(store, veraAtAsha, "unharmed");
  await store.close();
  assert.deepEqual(await run("open_and_say.ts", file.url), { code: 0, said: "opened\n" });
});

Deno.test("a second store in the same process is refused too", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  assert.match(await refusal(file.url), /has it open/);
  await store.close();
  await (await openStore(file.url)).close();
});

Deno.test("a runtime without file locks refuses a second process all the same", async () => {
  using file = new DatabaseFile();
  const { code, said } = await run("open_twice_without_file_locks.ts", file.url);
  assert.equal(code, 0, said);
  assert.match(said, /another process has it open/);
});

Deno.test("a database of a newer version is refused, and left as it is", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "hello");
  await store.close();
  setVersion(file, 99);
  assert.match(await refusal(file.url), /version 99.* newer/);
  setVersion(file, sqliteMigrations.length);
  const again = await openStore(file.url);
  assert.equal((await again.messagesAfter(veraAtAsha, 0, 10)).length, 1);
  await again.close();
});

function setVersion(file: DatabaseFile, version: number): void {
  const db = file.connect();
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

Deno.test("a database of another program, and a file that is none, are refused", async () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  const db = file.connect();
  db.exec("CREATE TABLE recipes (name TEXT)");
  db.close();
  assert.match(await refusal(file.url), /not one of Parlor's/);
  Deno.writeTextFileSync(file.path, "Dear diary, ".repeat(500));
  assert.match(await refusal(file.url), /not a database/);
  assert.match(await refusal(`sqlite:${file.folder}/data`), /unable to open/);
});

Deno.test("a migration that fails leaves nothing of itself, and can be tried again", () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  const db = connect(file.path);
  const half = { name: "half", sql: "CREATE TABLE half (a); INSERT INTO no_such_table VALUES (1);" };
  assert.throws(() => migrate(db, [...sqliteMigrations, half]), /half.*no_such_table/);
  assert.equal(db.prepare("PRAGMA user_version").get()!.user_version, sqliteMigrations.length);
  assert.equal(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get(), undefined);
  migrate(db, [...sqliteMigrations, { name: "half", sql: "CREATE TABLE half (a)" }]);
  assert.equal(db.prepare("PRAGMA user_version").get()!.user_version, sqliteMigrations.length + 1);
  db.close();
});

Deno.test("a migration that was applied is not applied again", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.appendMessage(draft(veraAtAsha, "hello"));
  await store.close();
  const db = connect(file.path);
  const extra = { name: "extra", sql: "CREATE TABLE extra (a); INSERT INTO extra VALUES (1);" };
  for (let i = 0; i < 3; i++) migrate(db, [...sqliteMigrations, extra]);
  assert.equal(db.prepare("SELECT count(*) AS n FROM extra").get()!.n, 1);
  assert.equal(db.prepare("SELECT count(*) AS n FROM messages").get()!.n, 1);
  db.close();
});

Deno.test("each database has an epoch of its own", async () => {
  using file = new DatabaseFile();
  using other = new DatabaseFile();
  const [store, another] = [await openStore(file.url), await openStore(other.url)];
  assert.notEqual(store.epoch, another.epoch);
  await Promise.all([store.close(), another.close()]);
});

Deno.test("a commit waits for the disk, and does no checkpoint on the way", () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  const db = connect(file.path);
  beginStart(db);
  endStart(db);
  const setting = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0];
  const full = 2;
  assert.deepEqual(
    ["journal_mode", "synchronous", "wal_autocheckpoint"].map(setting),
    ["wal", full, 0],
  );
  db.close();
});
