import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import { searchPath } from "../../../db/sqlite/search_file.ts";
import { DatabaseSync } from "node:sqlite";
import { eventually } from "../../harness/eventually.ts";
import { draft, numbers, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

const account = { username: "asha", password: "$argon2id$", created: 1 };
const others = { admin: "asha", consumer: "victor" };

/** Last message that the search index contains. */
function watermarkOf(file: DatabaseFile): number {
  try {
    const index = new DatabaseSync(searchPath(file.path), { readOnly: true });
    const { value } = index.prepare("SELECT value FROM meta WHERE name = 'watermark'").get()!;
    index.close();
    return Number(value);
  } catch {
    return 0; // it is being created
  }
}

/** A database with two rooms, some data of every kind, and an up-to-date search index. */
async function fill(file: DatabaseFile): Promise<void> {
  const store = await openStore(file.url);
  for (const n of numbers(30)) {
    await store.appendMessage(draft(veraAtAsha, `word${n}`, { client_id: `${n}` }));
  }
  for (const n of numbers(5)) await store.appendMessage(draft(others, `another ${n}`));
  await store.appendMessage(draft(veraAtAsha, "resolved", { kind: "status", side: "admin" }));
  await store.markRead(veraAtAsha, "admin", 20);
  await eventually(() => watermarkOf(file) === 36, { ms: 30_000 });
  await store.close();
}

const faults: [what: string, sql: string, said: RegExp][] = [
  [
    "a message is gone from the middle",
    "DELETE FROM messages WHERE content = 'word7'",
    /numbered.*vera.*head 31, 30/,
  ],
  [
    "a message is gone from the end",
    "DELETE FROM messages WHERE content = 'another 5'",
    /numbered.*victor.*head 5, 4/,
  ],
  [
    "a head is too high",
    "UPDATE rooms SET head = head + 1 WHERE consumer = 'victor'",
    /numbered.*victor: head 6/,
  ],
  ["a time runs back", "UPDATE messages SET created = 1 WHERE content = 'word9'", /run back.*message 9/],
  ["a room is gone", "DELETE FROM rooms WHERE consumer = 'victor'", /in a room/],
  ["a client's id is gone", "DELETE FROM sent WHERE client_id = '3'", /client's id.*message 3/],
  ["a client's id leads elsewhere", "UPDATE sent SET seq = 4 WHERE client_id = '3'", /client's id/],
  [
    "a read mark is past the head",
    "UPDATE rooms SET read_visitor = 99 WHERE consumer = 'victor'",
    /read further/,
  ],
  ["a load is too high", "UPDATE agent_loads SET load = load + 1", /load of an agent.*asha a1/],
  ["a load is gone", "DELETE FROM agent_loads", /load of an agent.*asha a1/],
  ["a label's list lacks a room", "DELETE FROM room_labels WHERE label = 'vip'", /list of a label.*asha vip/],
  ["a label's list has a room too many", "INSERT INTO room_labels VALUES ('asha', 'bug', 1, 1)", /asha bug/],
  [
    "a visitor waits in a resolved room",
    "UPDATE rooms SET waiting_since = 1 WHERE consumer = 'vera'",
    /waits in open rooms.*asha vera/,
  ],
  [
    "a count of a box is wrong",
    "UPDATE room_counts SET unassigned = unassigned + 1",
    /counts of an inbox/,
  ],
  [
    "a letter of a text is another",
    "UPDATE messages SET content = 'ward5' WHERE content = 'word5'",
    /as it was written \(room 1, message 5\)/,
  ],
  ["a time was changed", "UPDATE messages SET created = created + 1 WHERE seq = 31", /as it was written/],
  [
    "what a message carries was changed",
    "UPDATE messages SET details = replace(details, 'Ana', 'Ann') WHERE details IS NOT NULL",
    /as it was written \(room 1, message 31\)/,
  ],
  [
    "what a message carries is gone",
    "UPDATE messages SET details = NULL WHERE details IS NOT NULL",
    /as it was written/,
  ],
  [
    "a message carries what it never did",
    "UPDATE messages SET details = '{\"by\":\"bot\"}' WHERE content = 'word5'",
    /as it was written \(room 1, message 5\)/,
  ],
  ["the epoch is gone", "DELETE FROM meta WHERE name = 'epoch'", /what every database has.*no epoch/],
  [
    "all accounts are gone",
    "DELETE FROM records WHERE collection = 'accounts'",
    /a room is an account's \(asha\)/,
  ],
  [
    "a chatbot's settings are damaged",
    `INSERT INTO records VALUES ('chatbots', x'6173686100', '{"title":', '1')`,
    /can be read \(chatbots asha\)/,
  ],
  [
    "a session is nobody's",
    `UPDATE records SET value = json_set(value, '$.username', 'nobody') WHERE collection = 'sessions'`,
    /found by its indexes \(sessions desk\)\n.*has an account \(sessions desk\)/,
  ],
  [
    "a session cannot be found by its account",
    "DELETE FROM records WHERE collection = 'sessions/byAccount'",
    /found by its indexes \(sessions desk\)/,
  ],
  [
    "an index leads to nothing",
    "DELETE FROM records WHERE collection = 'sessions'",
    /leads to a record that has its key \(sessions\/byAccount asha 0+1 desk\)/,
  ],
  [
    "a record stands under another key",
    "UPDATE records SET key = x'6200' WHERE collection = 'accounts'",
    /under its key \(accounts b\)/,
  ],
  ["a count is wrong", "UPDATE room_counts SET unread = unread + 1", /counts of an inbox.*asha/],
];
for (const [what, sql, expected] of faults) {
  Deno.test(`the check sees that ${what}`, async () => {
    using file = new DatabaseFile();
    const store = await openStore(file.url);
    await store.createAccount(account);
    await store.openSession({ jti: "desk", username: "asha", created: 1, expires: 1 });
    for (const n of numbers(30)) {
      await store.appendMessage(draft(veraAtAsha, `word${n}`, { client_id: `${n}` }));
    }
    const by = { id: "a1", name: "Ana" };
    await store.appendMessage(draft(veraAtAsha, "resolved", { kind: "status", side: "admin", by }));
    for (const n of numbers(5)) await store.appendMessage(draft(others, `another ${n}`));
    await store.changeDesk(others, { set: { assignee: "a1", labels: ["vip"], team: "sales" } });
    await store.close();
    assert.deepEqual(checkDatabase(file.path).problems, []);
    const db = file.connect();
    db.exec(sql);
    db.close();
    assert.match(checkDatabase(file.path).problems.join("\n"), expected);
  });
}

Deno.test("the check sees what the search index misses, and what it holds of messages that are gone", async () => {
  using file = new DatabaseFile();
  await fill(file);
  assert.deepEqual(checkDatabase(file.path), {
    version: checkDatabase(file.path).version,
    rooms: 2,
    messages: 36,
    problems: [],
  });
  const index = new DatabaseSync(searchPath(file.path));
  index.exec("INSERT INTO found (found, rowid, owner, words) VALUES ('delete', 4, '', '')");
  index.exec("INSERT INTO found (rowid, owner, words) VALUES (36, 'x', 'y')");
  index.close();
  const db = file.connect();
  db.exec("UPDATE messages SET key = 1000 WHERE key = 36");
  db.close();
  const said = checkDatabase(file.path).problems.join("\n");
  assert.match(said, /message 4 is missing from the search index/);
  assert.match(said, /the search index holds message 36, which is gone/);
});

Deno.test("the check sees a page that was damaged and an index that differs from its rows", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  for (const n of numbers(200)) await store.appendMessage(draft(veraAtAsha, `word${n}`));
  await store.close();
  const whole = Deno.readFileSync(file.path);
  const at = new TextDecoder("latin1").decode(whole).indexOf("word150");
  const damaged = whole.slice();
  damaged.fill(0, at - (at % 4096), at - (at % 4096) + 64);
  Deno.writeFileSync(file.path, damaged);
  let said = "";
  try {
    said = checkDatabase(file.path).problems.join("\n");
  } catch (error) {
    said = String(error);
  }
  assert.match(said, /malformed|Page|page|btree/i);
});

for (const at of [0, 17, 40]) {
  Deno.test(`the check sees 64 bytes that were overwritten among the texts of a page (${at})`, async () => {
    using file = new DatabaseFile();
    const store = await openStore(file.url);
    for (const n of numbers(200)) await store.appendMessage(draft(veraAtAsha, `word${n} `.repeat(20)));
    await store.close();
    const bytes = Deno.readFileSync(file.path);
    const text = new TextDecoder("latin1").decode(bytes).indexOf("word150 ");
    bytes.fill(120, text + at, text + at + 64);
    Deno.writeFileSync(file.path, bytes);
    assert.match(checkDatabase(file.path).problems.join("\n"), /as it was written|malformed|page/i);
  });
}

Deno.test("a search index that is not there, just begun or of another life of the database is no fault", async () => {
  using file = new DatabaseFile();
  await fill(file);
  const search = searchPath(file.path);
  const index = new DatabaseSync(search);
  index.exec(
    "INSERT INTO found (found, rowid, owner, words) VALUES ('delete', 4, '', ''); UPDATE meta SET value = 'another' WHERE name = 'epoch'",
  );
  index.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
  for (const suffix of ["", "-wal", "-shm"]) await Deno.remove(search + suffix).catch(() => {});
  assert.deepEqual(checkDatabase(file.path).problems, []);
  Deno.writeFileSync(search, new Uint8Array(0));
  assert.deepEqual(checkDatabase(file.path).problems, []);
});
