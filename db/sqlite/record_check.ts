import type { DatabaseSync } from "node:sqlite";
import { all, type AnyCollection, owned } from "../collections/declared.ts";
import { decodeKey, encodeKey, type RecordKey } from "../records.ts";

/** Records per read. */
const atOnce = 1_000;

type Row = { key: Uint8Array; value: string };

/** Read access to stored records. */
interface Stored {
  get(collection: string, key: RecordKey): string | undefined;
  list(collection: string): Iterable<Row>;
}

/** Checks the records of all collections: values, keys, indexes and owners. Yields one line per problem. */
export function* damagedRecords(db: DatabaseSync): Iterable<string> {
  const page = db.prepare(
    `SELECT key, value FROM records WHERE collection = ? AND key > ? ORDER BY key LIMIT ${atOnce}`,
  );
  const find = db.prepare("SELECT value FROM records WHERE collection = ? AND key = ?");
  const stored: Stored = {
    get: (collection, key) => find.get(collection, encodeKey(key))?.value as string | undefined,
    *list(collection) {
      for (let rows: Row[] = [], last = new Uint8Array();; last = rows.at(-1)!.key as typeof last) {
        yield* rows = page.all(collection, last) as Row[];
        if (rows.length < atOnce) return;
      }
    },
  };
  for (const collection of all) {
    for (const row of stored.list(collection.name)) yield* damageOf(row, collection, stored);
    for (const index of collection.indexNames) {
      for (const row of stored.list(index)) yield* strayEntry(row, { collection, index, stored });
    }
  }
}

function* damageOf({ key, value }: Row, collection: AnyCollection, stored: Stored): Iterable<string> {
  const where = `(${collection.name} ${decodeKey(key).join(" ")})`;
  try {
    const parsed = JSON.parse(value), [own, ...entries] = collection.recordsOf(parsed);
    if (!isSame(own!.key, decodeKey(key))) yield `not so: a record stands under its key ${where}`;
    const isFound = entries.every((entry) => leadsTo(stored.get(entry.collection, entry.key), own!.key));
    if (!isFound) yield `not so: a record is found by its indexes ${where}`;
    const isOwned = !owned.includes(collection) || stored.get("accounts", [collection.ownerOf(parsed)]);
    if (!isOwned) yield `not so: whoever has a session, a chatbot or push addresses has an account ${where}`;
  } catch {
    yield `not so: a record can be read ${where}`;
  }
}

function* strayEntry(
  { key, value }: Row,
  { collection, index, stored }: { collection: AnyCollection; index: string; stored: Stored },
): Iterable<string> {
  const where = `(${index} ${decodeKey(key).join(" ")})`;
  try {
    const record = stored.get(collection.name, JSON.parse(value));
    const names = record === undefined ? [] : collection.recordsOf(JSON.parse(record));
    const isFound = names.some((name) => name.collection === index && isSame(name.key, decodeKey(key)));
    if (!isFound) yield `not so: an index leads to a record that has its key ${where}`;
  } catch {
    yield `not so: what an index leads to can be read ${where}`;
  }
}

const leadsTo = (entry: string | undefined, key: RecordKey) =>
  entry !== undefined && isSame(JSON.parse(entry), key);
const isSame = (a: RecordKey, b: RecordKey) => a.length === b.length && a.every((part, i) => part === b[i]);
