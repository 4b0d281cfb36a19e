import { Unavailable } from "../errors.ts";
import { newAttemptId } from "../attempt_id.ts";
import {
  checkCommit,
  type CheckedCommit,
  decodeKey,
  encodeKey,
  type RecordKey,
  type RecordPage,
  type Records,
} from "../records.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";
import { type Transaction, transaction } from "./transaction.ts";

/** Records deleted per statement. */
const deletedAtOnce = 2_000;
/** Time limit for the outcome of a commit whose connection was lost, and the poll interval. Milliseconds. */
const endMs = 4_000, askEveryMs = 100;

type Row = { key: string; value: string; version: string };

/**
 * Records and counters. Writers of the same key are serialized by an advisory lock, which also works for a
 * missing record.
 */
export function records(link: Link): Records {
  return {
    async get(collection, key) {
      const [row] = await link.read((sql) =>
        sql<Row[]>`SELECT value, version FROM records WHERE collection = ${collection} AND key = ${
          bytea(sql, key)
        }`
      );
      return row && { key, value: JSON.parse(row.value), version: row.version };
    },
    async getMany(named) {
      if (named.length === 0) return [];
      const wanted = JSON.stringify(named.map(({ collection, key }) => ({ collection, key: hex(key) })));
      const rows = await link.read((sql) =>
        sql`SELECT value, version
          FROM ROWS FROM (json_to_recordset(${wanted}::text::json) AS (collection text, key text))
            WITH ORDINALITY AS wanted(collection, key, place)
          LEFT JOIN records ON records.collection = wanted.collection AND records.key = decode(wanted.key, 'hex')
          ORDER BY place`
      );
      return rows.map(({ value, version }, i) =>
        version === null ? undefined : { key: named[i]!.key, value: JSON.parse(value), version }
      );
    },
    async list(collection, prefix, page) {
      const rows = await link.read((sql) => select<Row>(sql, "records", { collection, prefix, ...page }));
      return rows.map(({ key, value, version }) => ({
        key: fromHex(key),
        value: JSON.parse(value),
        version,
      }));
    },
    async counter(collection, key) {
      const [row] = await link.read((sql) =>
        sql`SELECT value FROM counters WHERE collection = ${collection} AND key = ${bytea(sql, key)}`
      );
      return row?.value ?? 0;
    },
    async counters(collection, prefix, page) {
      const rows = await link.read((sql) =>
        select<{ key: string; value: number }>(sql, "counters", { collection, prefix, ...page })
      );
      return rows.map(({ key, value }) => ({ key: fromHex(key), value }));
    },
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async commit(commit) {
      const checked = checkCommit(commit);
      const own: Own = { version: newAttemptId() };
      return link.repeatable((sql, isAgain) => commitOnce(sql, checked, { own, isAgain }));
    },
    async deleteAll(collection, prefix) {
      for (const table of ["records", "counters"]) {
        const clear = (sql: Sql) =>
          sql`DELETE FROM ${sql(table)} WHERE collection = ${collection} AND key IN (
            SELECT key FROM ${sql(table)} WHERE collection = ${collection} AND ${within(sql, prefix)}
            ORDER BY key LIMIT ${deletedAtOnce})`;
        while ((await link.repeatable(clear)).count === deletedAtOnce);
      }
    },
  };
}

interface Own {
  version: string;
  /** Id of the last transaction, for `pg_xact_status` after a lost connection. */
  transaction?: string;
}

async function commitOnce(
  sql: Sql,
  commit: CheckedCommit,
  { own, isAgain }: { own: Own; isAgain: boolean },
): Promise<boolean> {
  if (isAgain && own.transaction !== undefined && await isCommitted(sql, own.transaction)) return true;
  // Sent together in one round trip. Each statement has a snapshot of its own, taken after the lock was
  // acquired.
  const work = transaction(sql, async (sql) => {
    const locked = lock(sql, commit).then((transaction) => own.transaction = transaction);
    const [, isGood] = await Promise.all([locked, holds(sql, commit), apply(sql, commit, own.version)]);
    if (!isGood) throw new CheckFailed();
  });
  return await work.then(() => true, (error) => {
    if (error instanceof CheckFailed) return false;
    throw error;
  });
}

/** Thrown to roll back the transaction. */
class CheckFailed extends Error {}

/** Commits inside the caller's transaction. Returns false, without changes, if a check does not hold. */
export async function commitIn(sql: Transaction, commit: CheckedCommit, version: string): Promise<boolean> {
  await lock(sql, commit);
  if (!await holds(sql, commit)) return false;
  await apply(sql, commit, version);
  return true;
}

/** @throws {Unavailable} if the outcome is not known within `endMs` */
async function isCommitted(sql: Sql, transaction: string): Promise<boolean> {
  for (const until = performance.now() + endMs; performance.now() < until;) {
    const [row] = await sql`SELECT pg_xact_status(${transaction}::xid8) AS status`;
    if (row!.status !== "in progress") {
      if (row!.status === null) break;
      return row!.status === "committed";
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  throw new Unavailable("PostgreSQL does not say whether a change was made");
}

/** Locks the keys in a fixed order, to avoid deadlocks. Returns the transaction id. */
async function lock(sql: Transaction, { check, put, delete: drop }: CheckedCommit): Promise<string> {
  const names = [...check, ...put, ...drop].map(({ collection, key }) => `${collection} ${hex(key)}`);
  const [row] = await sql`
    SELECT pg_current_xact_id()::text AS transaction, count(pg_advisory_xact_lock(number)) FROM (
      SELECT DISTINCT hashtextextended(name, 0) AS number
      FROM json_array_elements_text(${
    JSON.stringify(names)
  }::text::json) AS names(name) ORDER BY number) AS numbers`;
  return row!.transaction;
}

async function holds(sql: Transaction, { check }: CheckedCommit): Promise<boolean> {
  if (check.length === 0) return true;
  const wanted = check.map(({ collection, key, version = null }) => ({ collection, key: hex(key), version }));
  const [row] = await sql`
    SELECT bool_and(records.version IS NOT DISTINCT FROM wanted.version) AS holds
    FROM json_to_recordset(${
    JSON.stringify(wanted)
  }::text::json) AS wanted(collection text, key text, version text)
    LEFT JOIN records ON records.collection = wanted.collection AND records.key = decode(wanted.key, 'hex')`;
  return row!.holds;
}

async function apply(sql: Transaction, { put, delete: drop, add }: CheckedCommit, version: string) {
  const json = (rows: unknown[]) => sql`${JSON.stringify(rows)}::text::json`;
  const work: PromiseLike<unknown>[] = [];
  if (drop.length) {
    const rows = drop.map(({ collection, key }) => ({ collection, key: hex(key) }));
    work.push(
      sql`DELETE FROM records USING json_to_recordset(${json(rows)}) AS gone(collection text, key text)
      WHERE records.collection = gone.collection AND records.key = decode(gone.key, 'hex')`,
    );
  }
  if (put.length) {
    const rows = put.map(({ collection, key, json }) => ({ collection, key: hex(key), value: json }));
    work.push(sql`INSERT INTO records (collection, key, value, version)
      SELECT collection, decode(key, 'hex'), value, ${version}
      FROM json_to_recordset(${json(rows)}) AS put(collection text, key text, value text)
      ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value, version = excluded.version`);
  }
  if (add.length) {
    const rows = add.map(({ collection, key, by }) => ({ collection, key: hex(key), by }));
    // Sorted, to avoid deadlocks.
    work.push(sql`INSERT INTO counters (collection, key, value)
      SELECT collection, decode(key, 'hex'), by
      FROM json_to_recordset(${json(rows)}) AS added(collection text, key text, by bigint) ORDER BY 1, 2
      ON CONFLICT (collection, key) DO UPDATE SET value = counters.value + excluded.value`);
  }
  await Promise.all(work);
}

function select<T>(
  sql: Sql,
  table: "records" | "counters",
  { collection, prefix, after, limit, reverse = false }: RecordPage & {
    collection: string;
    prefix: RecordKey;
  },
) {
  const edge = !after
    ? sql``
    : reverse
    ? sql`AND key < ${bytea(sql, after)}`
    : sql`AND key > ${bytea(sql, after)}`;
  const version = table === "records" ? sql`, version` : sql``;
  return sql`SELECT encode(key, 'hex') AS key, value ${version} FROM ${sql(table)}
    WHERE collection = ${collection} AND ${within(sql, prefix)} ${edge}
    ORDER BY key ${reverse ? sql`DESC` : sql`ASC`} LIMIT ${limit}` as unknown as Promise<T[]>;
}

/** Key range of a prefix. The upper bound appends byte 255, which UTF-8 never contains. */
const within = (sql: Sql, prefix: RecordKey) =>
  sql`key >= ${bytea(sql, prefix)} AND key < decode(${hex(prefix) + "ff"}, 'hex')`;
const bytea = (sql: Sql, key: RecordKey) => sql`decode(${hex(key)}, 'hex')`;

function hex(key: RecordKey): string {
  return Array.from(encodeKey(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): RecordKey {
  return decodeKey(Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
}
