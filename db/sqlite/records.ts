import type { DatabaseSync } from "node:sqlite";
import { newAttemptId } from "../attempt_id.ts";
import {
  checkCommit,
  type CheckedCommit,
  decodeKey,
  encodeKey,
  type RecordKey,
  type RecordPage,
  type Records,
  type StoredRecord,
} from "../records.ts";
import { reading } from "./engine_errors.ts";

/** Records deleted per transaction. */
const deletedAtOnce = 500;

type Row = { key: Uint8Array; value: string; version: string };

/** Runs `work` in a transaction; resolves once it is durable. */
interface WritesRecords {
  write<T>(work: () => T): Promise<T>;
}

/** Record access inside the caller's transaction. */
export interface RecordTable {
  get(collection: string, key: RecordKey): StoredRecord | undefined;
  /** Returns false, without changes, if a check does not hold. */
  apply(commit: CheckedCommit, version: string): boolean;
}

/** Prepares reads and commits of records. Its functions run inside the caller's transaction. */
export function recordTable(db: DatabaseSync): RecordTable {
  const find = db.prepare("SELECT value, version FROM records WHERE collection = ? AND key = ?");
  const put = db.prepare(`INSERT INTO records VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value, version = excluded.version`);
  const drop = db.prepare("DELETE FROM records WHERE collection = ? AND key = ?");
  const add = db.prepare(
    "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
  );

  function get(collection: string, key: RecordKey): StoredRecord | undefined {
    const row = find.get(collection, encodeKey(key)) as Row | undefined;
    return row && { key, value: JSON.parse(row.value), version: row.version };
  }

  const versionOf = (collection: string, key: RecordKey) =>
    find.get(collection, encodeKey(key))?.version as string | undefined;

  function apply({ check, put: puts, delete: drops, add: adds }: CheckedCommit, version: string): boolean {
    if (check.some(({ collection, key, version }) => versionOf(collection, key) !== version)) return false;
    for (const { collection, key } of drops) drop.run(collection, encodeKey(key));
    for (const { collection, key, json } of puts) put.run(collection, encodeKey(key), json, version);
    for (const { collection, key, by } of adds) add.run(collection, encodeKey(key), by);
    return true;
  }

  return { get, apply };
}

/** Records and counters; writes go through the group commit. */
export function records(db: DatabaseSync, queue: WritesRecords, table: RecordTable): Records {
  const sum = db.prepare("SELECT value FROM counters WHERE collection = ? AND key = ?");
  const many = db.prepare(`SELECT records.value, records.version FROM json_each(?) AS asked
    LEFT JOIN records ON records.collection = asked.value ->> 0 AND records.key = unhex(asked.value ->> 1)
    ORDER BY asked.key`);
  const pages = { records: openPages(db, "records"), counters: openPages(db, "counters") };
  // Unnumbered parameters: Deno 2.5 counts a numbered parameter that occurs twice as two.
  const clears = ["records", "counters"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE collection = ? AND key IN (
      SELECT key FROM ${table} WHERE collection = ? AND key >= ? AND key < ? LIMIT ${deletedAtOnce})`)
  );

  return {
    get: (collection, key) => reading(() => table.get(collection, key)),
    getMany: (named) =>
      reading(() => {
        const asked = named.map(({ collection, key }) => [collection, encodeKey(key).toHex()]);
        return (many.all(JSON.stringify(asked)) as (Row | { version: null })[]).map((row, i) =>
          row.version === null
            ? undefined
            : { key: named[i]!.key, value: JSON.parse(row.value), version: row.version }
        );
      }),
    list: (collection, prefix, page) =>
      reading(() =>
        (pages.records(collection, prefix, page) as Row[]).map(({ key, value, version }) => ({
          key: decodeKey(key),
          value: JSON.parse(value),
          version,
        }))
      ),
    counter: (collection, key) =>
      reading(() => (sum.get(collection, encodeKey(key))?.value as number | undefined) ?? 0),
    counters: (collection, prefix, page) =>
      reading(() =>
        (pages.counters(collection, prefix, page) as unknown as { key: Uint8Array; value: number }[])
          .map(({ key, value }) => ({ key: decodeKey(key), value }))
      ),
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async commit(commit) {
      const checked = checkCommit(commit), version = newAttemptId();
      return queue.write(() => table.apply(checked, version));
    },
    async deleteAll(collection, prefix) {
      const [from, to] = bounds(prefix);
      for (const clear of clears) {
        while (
          await queue.write(() => clear.run(collection, collection, from, to).changes as number) ===
            deletedAtOnce
        );
      }
    },
  };
}

/** Key range of a prefix. The upper bound appends byte 255, which UTF-8 never contains. */
function bounds(prefix: RecordKey): [Uint8Array, Uint8Array] {
  const from = encodeKey(prefix);
  return [from, new Uint8Array([...from, 255])];
}

function openPages(db: DatabaseSync, table: string) {
  const columns = table === "records" ? "key, value, version" : "key, value";
  const select = (condition: string, order: string) =>
    db.prepare(
      `SELECT ${columns} FROM ${table} WHERE collection = ? AND ${condition} ORDER BY key ${order} LIMIT ?`,
    );
  const first = select("key >= ? AND key < ?", "ASC");
  const next = select("key > ? AND key < ?", "ASC");
  const back = select("key >= ? AND key < ?", "DESC");
  return (collection: string, prefix: RecordKey, { after, limit, reverse }: RecordPage): unknown[] => {
    const [from, to] = bounds(prefix);
    const edge = after && encodeKey(after);
    if (reverse) return back.all(collection, from, edge ?? to, limit);
    return edge ? next.all(collection, edge, to, limit) : first.all(collection, from, to, limit);
  };
}
