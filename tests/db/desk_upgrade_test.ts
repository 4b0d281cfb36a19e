import assert from "node:assert/strict";
import { postgresMigrations } from "../../db/migrations/postgres.ts";
import { sqliteMigrations } from "../../db/migrations/sqlite.ts";
import { openStore } from "../../db/open.ts";
import { readAddress } from "../../db/postgres/address.ts";
import { connect as connectPostgres } from "../../db/postgres/connect.ts";
import { migrate as migratePostgres } from "../../db/postgres/migrate.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { connect } from "../../db/sqlite/connection.ts";
import { migrate } from "../../db/sqlite/migrate.ts";
import { draft, numbers } from "./contract/fixtures.ts";
import { KvFile } from "./kv/file.ts";
import { testPostgres } from "./postgres/server.ts";
import { DatabaseFile } from "./sqlite/database_file.ts";

type Said = "visitor" | "agent" | "bot" | "resolved";

/** Conversations of an earlier version: a message per second, and since which of them the visitor waits. */
const conversations: { consumer: string; said: Said[]; waitsFrom?: number }[] = [
  { consumer: "silent", said: [] },
  { consumer: "asked", said: ["visitor", "visitor"], waitsFrom: 1 },
  { consumer: "answered", said: ["visitor", "agent"] },
  { consumer: "again", said: ["visitor", "visitor", "agent", "visitor", "visitor"], waitsFrom: 4 },
  { consumer: "bot", said: ["visitor", "visitor", "bot"], waitsFrom: 1 },
  { consumer: "resolved", said: ["visitor", "resolved"] },
  { consumer: "reopened", said: ["visitor", "resolved", "visitor"], waitsFrom: 3 },
  { consumer: "patient", said: ["agent", ...Array<Said>(300).fill("visitor")], waitsFrom: 2 },
];

/** Time of a message, different in each conversation. */
const timeOf = (consumer: string, seq: number) =>
  10_000 + seq * 1_000 + conversations.findIndex((one) => one.consumer === consumer);

const isOpen = ({ said }: { said: Said[] }) => said.at(-1) !== "resolved";

/** Checks that an upgraded store has each visitor's waiting time, and lists and counts by it. */
async function isUpgraded(url: string): Promise<void> {
  const store = await openStore(url);
  const waiting = conversations.filter(({ waitsFrom }) => waitsFrom !== undefined);
  for (const { consumer, said, waitsFrom } of conversations) {
    const room = (await store.room({ admin: "asha", consumer }))!;
    assert.equal(room.head, said.length, consumer);
    assert.equal(room.waitingSince, waitsFrom && timeOf(consumer, waitsFrom), consumer);
  }
  const inBox = async (kind: "waiting" | "unassigned") => {
    const asked = { box: { kind }, sort: "longest_waiting", limit: 50, filter: "all", messages: 0 } as const;
    return (await store.rooms("asha", asked)).rooms.map(({ room }) => room.consumer);
  };
  const byWait = waiting.toSorted((a, b) =>
    timeOf(a.consumer, a.waitsFrom!) - timeOf(b.consumer, b.waitsFrom!)
  ).map(({ consumer }) => consumer);
  assert.deepEqual(await inBox("waiting"), byWait);
  assert.deepEqual(await inBox("unassigned"), [...byWait, "answered", "silent"]);
  const { waiting: count, unassigned, bot, snoozed, mine } = await store.roomCounts("asha", "ines");
  const open = conversations.filter(isOpen).length;
  assert.deepEqual({ count, unassigned, bot, snoozed, mine }, {
    ...{ count: waiting.length, unassigned: open, bot: 0, snoozed: 0, mine: 0 },
  });
  const claim = () => store.claimNext("asha", { agent: "ines", teams: [null], capacity: 1 });
  assert.equal((await claim())?.consumer, byWait[0]);
  await store.appendMessage(
    draft({ admin: "asha", consumer: "answered" }, "one more thing", { at: 999_999 }),
  );
  assert.equal((await store.roomCounts("asha", "ines")).waiting, waiting.length + 1);
  await store.close();
  // A second start finds nothing to do.
  const again = await openStore(url);
  assert.equal((await again.roomCounts("asha", "ines")).waiting, waiting.length + 1);
  await again.close();
}

const quoted = (value: unknown) => value === null ? "NULL" : `'${value}'`;
const detailsOf = (said: Said) => said === "bot" ? '{"by":"bot"}' : null;

Deno.test("sqlite: open rooms of the schema before wait since their visitor's first unanswered text", async () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  const db = connect(file.path);
  migrate(db, sqliteMigrations.slice(0, 9));
  for (const [i, { consumer, said }] of conversations.entries()) {
    const head = said.length, status = said.at(-1) === "resolved" ? 1 : 0;
    // Of one the row is behind its messages, as a crash leaves it.
    const known = consumer === "again" ? 2 : head;
    db.exec(
      `INSERT INTO rooms (key, id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
      VALUES (${i + 1}, 'r${i}', 'asha', '${consumer}', ${status}, ${i}, ${
        timeOf(consumer, known)
      }, ${known}, 0, 0, 0)`,
    );
    for (const [n, one] of said.entries()) {
      const side = one === "visitor" ? 0 : 1, kind = one === "resolved" ? 1 : 0;
      const key = consumer === "again" && n >= 2 ? 10_000 + n : i * 500 + n + 1;
      db.exec(`INSERT INTO messages (key, room, seq, side, kind, created, content, details)
        VALUES (${key}, ${i + 1}, ${n + 1}, ${side}, ${kind}, ${timeOf(consumer, n + 1)}, '${one}', ${
        quoted(detailsOf(one))
      })`);
    }
  }
  db.exec("UPDATE meta SET value = '9999' WHERE name = 'settled'");
  db.close();
  await isUpgraded(file.url);
  assert.deepEqual(checkDatabase(file.path).problems, []);
});

testPostgres(
  "open rooms of the schema before wait since their visitor's first unanswered text",
  async (server) => {
    const url = server.schema(), address = readAddress(url.slice("postgres:".length));
    const sql = await connectPostgres(address);
    await migratePostgres(sql, address, postgresMigrations.slice(0, 7));
    for (const { consumer, said } of conversations) {
      const status = said.at(-1) === "resolved" ? "resolved" : "open";
      const [room] = await sql.unsafe(`
      INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
      VALUES ('r ${consumer}', 'asha', '${consumer}', '${status}', 1, ${
        timeOf(consumer, said.length)
      }, ${said.length}, 0, 0)
      RETURNING key`);
      for (const [n, one] of said.entries()) {
        const side = one === "visitor" ? "visitor" : "admin", kind = one === "resolved" ? "status" : "text";
        await sql.unsafe(`INSERT INTO messages (room, seq, admin, side, kind, created, content, details)
        VALUES (${room!.key}, ${n + 1}, 'asha', '${side}', '${kind}', ${timeOf(consumer, n + 1)}, '${one}', ${
          quoted(detailsOf(one))
        })`);
      }
    }
    await sql.end();
    await isUpgraded(url);
  },
);

/** Removes what the version before did not store. */
async function makeFormer(path: string): Promise<void> {
  const kv = await Deno.openKv(path);
  for (const prefix of [["box"], ["boxes"], ["due"], ["load"]]) {
    for await (const { key } of kv.list({ prefix })) await kv.delete(key);
  }
  await kv.delete(["boxes"]);
  for (const name of ["waiting", "bot", "snoozed", "unassigned"]) await kv.delete(["count", "asha", name]);
  for await (const { key, value } of kv.list<Record<string, unknown>>({ prefix: ["room"] })) {
    const { waitingSince: _, ...former } = value;
    await kv.set(key, former);
  }
  const { value } = await kv.get<Record<string, unknown>>(["meta"]);
  await kv.set(["meta"], { ...value, version: 2 });
  kv.close();
}

async function fillKv(url: string): Promise<void> {
  const store = await openStore(url);
  for (const { consumer, said } of conversations) {
    const key = { admin: "asha", consumer };
    await store.openRoom(key, 1);
    await Promise.all(said.map((one, n) =>
      store.appendMessage(draft(key, one, {
        ...(one !== "visitor" && { side: "admin" }),
        ...(one === "resolved" && { kind: "status" }),
        ...(one === "bot" && { by: "bot" }),
        at: timeOf(consumer, n + 1),
      }))
    ));
  }
  await store.close();
}

Deno.test("kv: open rooms of the version before wait since their visitor's first unanswered text", async () => {
  using file = new KvFile();
  await fillKv(file.url);
  await makeFormer(file.path);
  await isUpgraded(file.url);
});

Deno.test("kv: several processes that start at once, one of them stopped midway, upgrade each room once", async () => {
  using file = new KvFile();
  await fillKv(file.url);
  await makeFormer(file.path);
  const stores = await Promise.all(numbers(3).map(() => openStore(file.url)));
  await Promise.all(stores.map((store) => store.close()));
  // As if the one that upgraded had stopped before it could note that it was done.
  const kv = await Deno.openKv(file.path);
  await kv.delete(["boxes"]);
  kv.close();
  await isUpgraded(file.url);
});
