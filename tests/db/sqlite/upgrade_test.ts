import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openStore } from "../../../db/open.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import { connect } from "../../../db/sqlite/connection.ts";
import { migrate } from "../../../db/sqlite/migrate.ts";
import { sqliteMigrations } from "../../../db/migrations/sqlite.ts";
import { draft, numbers, veraAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

/** SHA-256 of each released migration's SQL. New migrations are appended; released ones must never change. */
const released = [
  "start 8f3437a6d71a9b31",
  "portal 1f3468005b4f556c",
  "settling 1010ab24b65ccc79",
  "account_ids f3557419f8ace346",
  "ids by side 0cebab0ad0ef168e",
  "checksums 0c174025f396846f",
  "records 31997c944cf5cbfd",
];

Deno.test("a step of the schema that was released is never changed: databases out there were made by it", () => {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
  const steps = sqliteMigrations.map(({ name, sql }) => `${name} ${hash(sql)}`);
  assert.deepEqual(steps.slice(0, released.length), released);
});

const victorAtBruno = { admin: "bruno", consumer: "victor" };

/** A database of the first version, with some data of every kind. */
function makeFirst(file: DatabaseFile): void {
  Deno.mkdirSync(`${file.folder}/data`);
  const db = connect(file.path);
  migrate(db, sqliteMigrations.slice(0, 1));
  db.exec(`
    INSERT INTO accounts VALUES ('asha', '$argon2id$', 'asha@example.com', 1000), ('bruno', '$argon2id$', NULL, 2000);
    INSERT INTO sessions VALUES ('one', 'asha', 1000, 9999999999999, 'a browser', '::1', NULL);
    INSERT INTO chatbots VALUES ('asha', '{"title":"Asha''s shop"}', 1500);
    INSERT INTO claims VALUES ('asha', '1234', 'a browser', 1600);
    INSERT INTO kept VALUES ('secret', 'kept');
    INSERT INTO rooms VALUES
      (1, 'room1', 'asha', 'vera', 0, NULL, NULL, 3000, 3300, 300, 120, 300, 'Vera', 'vera@example.com', 1),
      (2, 'room2', 'bruno', 'victor', 1, 'bruno', 4100, 4000, 4100, 2, 2, 1, NULL, NULL, 0);
    INSERT INTO messages (room, seq, side, kind, created, content, client_id) VALUES
      (2, 1, 0, 0, 4000, 'hello', 'first'), (2, 2, 1, 1, 4100, 'resolved', NULL);
    INSERT INTO sent VALUES ('first', 2, 1);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    INSERT INTO messages (room, seq, side, kind, created, content, client_id)
      SELECT 1, i, i % 2, 0, 3000 + i, 'line ' || i || ' 語🙂', 'id' || i FROM n;
    INSERT INTO sent SELECT client_id, room, seq FROM messages WHERE room = 1;
  `);
  db.close();
}

Deno.test("a database of the first version opens with all that was in it, and goes on", async () => {
  using file = new DatabaseFile();
  makeFirst(file);
  const store = await openStore(file.url);
  assert.equal((await store.account("asha"))?.email, "asha@example.com");
  const [asha, bruno] = [await store.account("asha"), await store.account("bruno")];
  for (const account of [asha, bruno]) assert.match(account!.id, /^[0-9a-f]{32}$/);
  assert.notEqual(asha!.id, bruno!.id);
  assert.deepEqual([asha!.legacy, bruno!.legacy], [true, true], "what hangs on their names stays theirs");
  await store.createAccount({ username: "carla", password: "phc", created: 1 });
  assert.equal((await store.account("carla"))?.legacy, undefined);
  assert.equal((await store.session("one"))?.agent, "a browser");
  assert.deepEqual((await store.chatbot("asha"))?.settings, { title: "Asha's shop" });
  assert.equal(await store.claimConsumer({ admin: "asha", consumer: "1234" }, "another browser", 1), false);
  assert.equal(await store.keep("secret", "new"), "kept");
  const room = await store.room(veraAtAsha);
  assert.deepEqual([room?.head, room?.read, room?.status], [300, { admin: 120, visitor: 300 }, "open"]);
  const history = [
    ...await store.messagesAfter(veraAtAsha, 0, 200),
    ...await store.messagesAfter(veraAtAsha, 200, 200),
  ];
  assert.deepEqual(
    history.map(({ seq, content }) => [seq, content]),
    numbers(300).map((n) => [n, `line ${n} 語🙂`]),
  );
  const known = await store.appendMessage(draft(veraAtAsha, "again", { client_id: "id7", side: "admin" }));
  assert.deepEqual([known.fresh, known.message.seq], [false, 7]);
  assert.equal((await store.appendMessage(draft(veraAtAsha, "new"))).message.seq, 301);
  assert.deepEqual(await store.roomCounts("asha"), { open: 1, resolved: 0, unread: 1 });
  assert.deepEqual(await store.roomCounts("bruno"), { open: 0, resolved: 1, unread: 0 });
  assert.equal((await store.messagesAfter(victorAtBruno, 0, 10)).length, 2);
  await store.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
});

Deno.test("messages from before they carried anything stay as they were, checksums and all", async () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  const db = connect(file.path);
  migrate(db, sqliteMigrations.slice(0, 7));
  // As written by the previous version, with its checksum 24444427.
  db.exec(`
    INSERT INTO rooms VALUES (1, 'room1', 'asha', 'vera', 0, NULL, NULL, 3000, 3001, 1, 0, 1, NULL, NULL, 0, NULL);
    INSERT INTO messages VALUES (1, 1, 1, 0, 0, 3001, 'hello 語', 'first', 24444427);
    INSERT INTO sent VALUES ('first', 1, 0, 1);
    UPDATE meta SET value = '1' WHERE name = 'settled'`);
  db.close();
  const store = await openStore(file.url);
  const [message] = await store.messagesAfter(veraAtAsha, 0, 10);
  assert.deepEqual(Object.keys(message!).filter((field) => ["by", "extra", "reply"].includes(field)), []);
  const again = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: "first" }));
  assert.deepEqual([again.fresh, again.message], [false, message]);
  await store.appendMessage(
    draft(veraAtAsha, "hi", { side: "admin", by: { id: "a1" }, onlyIf: { noOtherAfter: 1 } }),
  );
  await store.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
});

Deno.test("before it changes the schema a start keeps the database as it was, and one that changes nothing keeps nothing", async () => {
  using file = new DatabaseFile();
  makeFirst(file);
  await (await openStore(file.url)).close();
  await (await openStore(file.url)).close();
  const kept = [...Deno.readDirSync(`${file.folder}/data`)].map(({ name }) => name)
    .filter((name) => name.includes("version"));
  assert.deepEqual(kept, ["parlor.db.version-1"]);
  const before = connect(`${file.folder}/data/parlor.db.version-1`);
  assert.equal(before.prepare("PRAGMA user_version").get()!.user_version, 1);
  assert.equal(before.prepare("SELECT count(*) AS n FROM messages").get()!.n, 302);
  assert.equal(before.prepare("PRAGMA integrity_check").get()!.integrity_check, "ok");
  before.close();
});

Deno.test("where the copy before a change finds no room, the schema stays as it is and the start says why", async () => {
  using file = new DatabaseFile();
  makeFirst(file);
  // A folder exists at the path of the copy.
  Deno.mkdirSync(`${file.path}.version-1.part/in the way`, { recursive: true });
  await assert.rejects(openStore(file.url), /Cannot open .*parlor\.db/);
  const db = connect(file.path);
  assert.equal(db.prepare("PRAGMA user_version").get()!.user_version, 1);
  db.close();
  Deno.removeSync(`${file.path}.version-1.part`, { recursive: true });
  await (await openStore(file.url)).close();
});

Deno.test("client ids of a former version stay known to their side, and 100,000 of them take seconds at most", async () => {
  using file = new DatabaseFile();
  makeFirst(file);
  const before = connect(file.path);
  before.exec(`
    INSERT INTO rooms VALUES (3, 'room3', 'asha', 'busy', 0, NULL, NULL, 3000, 200000, 100000, 0, 0, NULL, NULL, 0);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO messages (room, seq, side, kind, created, content, client_id)
      SELECT 3, i, i % 2, 0, 3000 + i, 'line', 'busy' || i FROM n;
    INSERT INTO sent SELECT client_id, room, seq FROM messages WHERE room = 3;
  `);
  before.close();
  const began = performance.now();
  const store = await openStore(file.url);
  const ms = performance.now() - began;
  assert(ms < 20_000, `${ms} ms`);
  const send = (side: "admin" | "visitor") =>
    store.appendMessage(draft({ admin: "asha", consumer: "busy" }, "again", { client_id: "busy7", side }));
  const [own, other] = [await send("admin"), await send("visitor")];
  assert.deepEqual([own.fresh, own.message.seq], [false, 7]);
  assert.deepEqual([other.fresh, other.message.seq], [true, 100_001]);
  await store.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
});

/**
 * Upgrades a database of the first version to a later one, with data of every kind that is stored as records
 * now.
 */
function fillVersion(file: DatabaseFile, version: number): void {
  makeFirst(file);
  const db = connect(file.path);
  migrate(db, sqliteMigrations.slice(0, version));
  db.exec(`
    INSERT INTO sessions VALUES ('ended', 'asha', 900, 9999999999999, NULL, NULL, 950);
    INSERT INTO kept VALUES ('spent ' || printf('%015d', 9999999999999) || ' a proof of ours', '');
    INSERT INTO claims VALUES ('bruno', 'ключ ''🦊', 'another browser', 1700);`);
  if (version >= 2) {
    db.exec(`
      INSERT INTO visitors VALUES ('asha', 'vera', '{"name":"Vera","verified":true,"page":"https://a.example/漢"}', 1, 2),
        ('asha', 'nobody', '{}', 3, 3);
      INSERT INTO pushes VALUES ('https://push.example/1', 'asha', 'p', 'a', 5), ('https://push.example/2', 'bruno', 'q', 'b', 6);`);
  }
  if (version >= 4) {
    db.exec(
      `INSERT INTO accounts (username, id, password, created, legacy, deleted) VALUES ('gone', '', '', 7, 0, 7),
      ('carla', '0123456789abcdef0123456789abcdef', 'phc', 8, 0, NULL)`,
    );
  }
  db.close();
}

/** Versions that store accounts in their own tables. */
const withTables = sqliteMigrations.findIndex(({ name }) => name === "cold nouns");
for (const version of numbers(withTables)) {
  Deno.test(`accounts and all that is theirs come over from version ${version} of the schema`, async () => {
    using file = new DatabaseFile();
    fillVersion(file, version);
    const store = await openStore(file.url);
    assert.deepEqual((await store.sessions("asha")).map(({ jti }) => jti), ["one"]);
    assert.deepEqual(await store.session("ended"), {
      ...{ jti: "ended", username: "asha", created: 900, expires: 9999999999999, ended: 950 },
    });
    assert.deepEqual(await store.endedSessions(["one", "ended"]), ["ended"]);
    assert.equal(await store.spend("a proof of ours", 9999999999999, 1), false);
    assert.equal(await store.kept("secret"), "kept");
    assert.deepEqual(await store.chatbot("asha"), { settings: { title: "Asha's shop" }, updated: 1500 });
    assert.equal(
      await store.claimConsumer({ admin: "bruno", consumer: "ключ '🦊" }, "another browser", 1),
      true,
    );
    assert.equal(await store.claimConsumer({ admin: "asha", consumer: "1234" }, "mallory", 1), false);
    assert.deepEqual(await store.account("bruno"), {
      ...{ username: "bruno", password: "$argon2id$", created: 2000, legacy: true },
      id: (await store.account("bruno"))!.id,
    });
    if (version >= 2) {
      assert.deepEqual(await store.visitor(veraAtAsha), {
        ...{ name: "Vera", verified: true, page: "https://a.example/漢", firstSeen: 1, lastSeen: 2 },
      });
      assert.deepEqual((await store.visitors("asha", undefined, 9)).map(({ consumer }) => consumer), [
        "nobody",
        "vera",
      ]);
      assert.deepEqual(await store.pushes("bruno"), [
        { username: "bruno", endpoint: "https://push.example/2", p256dh: "q", auth: "b", created: 6 },
      ]);
      await store.dropPush("asha", "https://push.example/1");
      assert.deepEqual(await store.pushes("asha"), []);
    }
    if (version >= 4) {
      assert.equal(await store.nameReservedSince("gone"), 7);
      assert.deepEqual(await store.account("carla"), {
        ...{ username: "carla", id: "0123456789abcdef0123456789abcdef", password: "phc", created: 8 },
      });
    }
    await store.close();
    assert.deepEqual(checkDatabase(file.path).problems, []);
    const db = connect(file.path);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    assert.deepEqual(tables.map(({ name }) => name), [
      ...["agent_loads", "counters", "doomed", "messages", "meta", "records", "replaced_texts"],
      ...["room_counts", "room_labels", "rooms", "sent"],
    ]);
    db.close();
  });
}

Deno.test("100,000 rooms, each with its visitor's facts and claim, take seconds at most", async () => {
  using file = new DatabaseFile();
  fillVersion(file, 7);
  const before = connect(file.path);
  before.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
      SELECT 'r' || i, 'asha', 'visitor-' || i, 0, 3000, 3000 + i, 0, 0, 0, 0 FROM n;
    INSERT INTO visitors SELECT admin, consumer, '{"name":"' || consumer || '","page":"https://shop.example/' || consumer
      || '","device":"Firefox on Linux","locale":"en-GB"}', 1, 2 FROM rooms WHERE consumer <> 'vera';
    INSERT INTO claims SELECT admin, consumer, 'a token', 1 FROM rooms;
    INSERT INTO sessions SELECT id, 'bruno', 1, 2, 'a browser', '::1', NULL FROM rooms LIMIT 20000`);
  before.close();
  const began = performance.now();
  const store = await openStore(file.url);
  const ms = performance.now() - began;
  assert(ms < 10_000, `${ms} ms`);
  const key = { admin: "asha", consumer: "visitor-77777" };
  assert.equal((await store.visitor(key))?.page, "https://shop.example/visitor-77777");
  assert.equal(await store.claimConsumer(key, "another token", 1), false);
  assert.equal((await store.roomCounts("asha")).open, 100_001);
  await store.close();
  console.log(`upgraded in ${Math.round(ms)} ms`);
});
