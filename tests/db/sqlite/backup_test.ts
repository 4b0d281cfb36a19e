import assert from "node:assert/strict";
import { CannotOpen } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { backUp, restore } from "../../../db/sqlite/backup.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import { draft, numbers, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

const said = (n: number) => `line ${n}`;

/** The message for the operator with which `work` rejects. */
async function refused(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (error) => error);
  assert(error instanceof CannotOpen, String(error));
  return error.message;
}

Deno.test("a backup made while people write holds all that was answered before it, whole and in order", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const copy = `${file.folder}/copy.db`;
  let answered = 0, writing = true;
  const writer = (async () => {
    for (let n = 1; writing; n++) {
      await store.appendMessage(draft(veraAtAsha, said(n), { client_id: `${n}` }));
      answered = n;
    }
  })();
  while (answered < 200) await new Promise((resolve) => setTimeout(resolve, 1));
  const before = answered;
  const { messages, problems } = await backUp(file.path, copy);
  writing = false;
  await writer;
  await store.close();
  assert.deepEqual(problems, []);
  assert.ok(messages >= before, `${messages} of at least ${before}`);
  assert.ok(messages <= answered);
  assert.equal(Deno.statSync(copy).mode! & 0o777, 0o600);

  const restored = await openStore(`sqlite:${copy}`);
  const history = await restored.messagesBefore(veraAtAsha, undefined, messages + 1);
  assert.deepEqual(
    history.map(({ seq, content }) => [seq, content]),
    numbers(messages).map((n) => [n, said(n)]),
  );
  await restored.close();
});

Deno.test("a restore begins a new epoch, ends every session and finds texts again", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.createAccount({ username: "asha", password: "x", created: 1 });
  const session = { jti: "one", username: "asha", created: 1, expires: Date.now() + 1e9 };
  await store.openSession(session);
  await store.appendMessage(draft(veraAtAsha, "the parcel", { client_id: "a" }));
  const { epoch } = store;
  await backUp(file.path, `${file.folder}/copy.db`);
  await store.close();

  const place = `${file.folder}/elsewhere.db`;
  await restore(`${file.folder}/copy.db`, place);
  const again = await openStore(`sqlite:${place}`);
  assert.notEqual(again.epoch, epoch);
  assert.match(again.epoch, /^[0-9a-f]{16}$/);
  assert.ok((await again.session("one"))!.ended! <= Date.now());
  assert.deepEqual(await again.sessions("asha"), []);
  const retried = await again.appendMessage(draft(veraAtAsha, "the parcel", { client_id: "a" }));
  assert.deepEqual([retried.fresh, retried.message.seq], [false, 1]);
  const next = await again.appendMessage(draft(veraAtAsha, "and another"));
  assert.equal(next.message.seq, 2);
  const found = await again.searchMessages("asha", {
    phrases: [{ words: ["parcel"], isPrefix: false }],
    limit: 10,
  });
  assert.equal(found.found.length, 1);
  await again.close();
  assert.deepEqual(checkDatabase(place).problems, []);
});

Deno.test("a backup is restored on a machine that has no folder for the data yet", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.appendMessage(draft(veraAtAsha, "hello"));
  await backUp(file.path, `${file.folder}/copy.db`);
  await store.close();
  const place = `${file.folder}/new/data/parlor.db`;
  const { messages, problems } = await restore(`${file.folder}/copy.db`, place);
  assert.deepEqual([messages, problems], [1, []]);
  assert.equal(Deno.statSync(`${file.folder}/new/data`).mode! & 0o777, 0o700);
});

Deno.test("nothing is written over, taken from under a service, or restored from what is not whole", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await store.appendMessage(draft(veraAtAsha, "hello"));
  const copy = `${file.folder}/copy.db`, place = `${file.folder}/place.db`;
  await backUp(file.path, copy);
  assert.match(await refused(backUp(file.path, copy)), /copy\.db is there already/);
  assert.match(await refused(restore(copy, file.path)), /parlor\.db is there already/);
  assert.match(await refused(backUp(place, `${place}.copy`)), /Cannot read/);
  await store.close();

  const other = await openStore(`sqlite:${place}`);
  Deno.removeSync(place);
  assert.match(await refused(restore(copy, place)), /-wal belongs to another|has it open/);
  await other.close();

  const bytes = Deno.readFileSync(copy),
    broken = `${file.folder}/broken.db`,
    target = `${file.folder}/target.db`;
  Deno.writeFileSync(broken, bytes.subarray(0, bytes.length / 2));
  assert.match(await refused(restore(broken, target)), /is not whole|malformed/);
  Deno.writeTextFileSync(broken, "Dear diary, ".repeat(500));
  assert.match(await refused(restore(broken, target)), /not a database/);
  const names = [...Deno.readDirSync(file.folder)].map(({ name }) => name);
  assert.deepEqual(names.filter((name) => name.startsWith("target.db") || name.endsWith(".part")), []);
});

Deno.test("a backup of a database that is not whole is refused, and so is the restore of one", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  for (const n of numbers(3)) await store.appendMessage(draft(veraAtAsha, said(n)));
  await store.close();
  const db = file.connect();
  db.exec("DELETE FROM messages WHERE seq = 2");
  db.close();
  assert.match(await refused(backUp(file.path, `${file.folder}/copy.db`)), /is not whole:\n.*numbered/);
  const place = `${file.folder}/elsewhere.db`;
  assert.match(await refused(restore(file.path, place)), /is not whole/);
  assert.throws(() => Deno.statSync(place), Deno.errors.NotFound);
});
