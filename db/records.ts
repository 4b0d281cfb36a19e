import { Unavailable } from "./errors.ts";

/**
 * Small documents under ordered keys: what every noun but rooms and messages is kept as. Each engine implements this
 * interface once; `tests/db/contract/records.ts` holds all of them to it.
 */
export interface Records {
  get(collection: string, key: RecordKey): Promise<StoredRecord | undefined>;
  /** The records of these names, in their order. One question to the engine, however many they are. */
  getMany(named: readonly RecordName[]): Promise<(StoredRecord | undefined)[]>;
  /** Records whose keys begin with `prefix`, in the order of their keys, from behind `after`. Its cost is the page's. */
  list(collection: string, prefix: RecordKey, page: RecordPage): Promise<StoredRecord[]>;
  /** What a counter has come to; 0 for one that was never added to. */
  counter(collection: string, key: RecordKey): Promise<number>;
  /** Counters whose keys begin with `prefix`, as `list`. */
  counters(collection: string, prefix: RecordKey, page: RecordPage): Promise<Counter[]>;
  /**
   * Makes all of these changes or none, durably. Answers false, having changed nothing, if a check does not hold.
   * @throws {RangeError} for what no engine could store, before anything is sent
   * @throws {Unavailable} if it is not known whether the changes were made: read, and call again
   */
  commit(commit: Commit): Promise<boolean>;
  /** Removes all records and counters under `prefix`, some at a time: others write meanwhile. */
  deleteAll(collection: string, prefix: RecordKey): Promise<void>;
}

/** Parts of a key. The first is the workspace or the account, so that all of one is removed by its prefix. */
export type RecordKey = readonly string[];

/** A time (ms since 1970) as a part of a key: such parts sort as the times do. */
export const timePart = (ms: number): string => String(Math.floor(ms)).padStart(15, "0");

export interface StoredRecord {
  key: RecordKey;
  /** JSON. */
  value: unknown;
  /** Another with each change, also of a record that was deleted in between. */
  version: string;
}

export interface Counter {
  key: RecordKey;
  value: number;
}

export interface RecordPage {
  after?: RecordKey;
  limit: number;
  /** Last key first. */
  reverse?: boolean;
}

export interface RecordName {
  collection: string;
  key: RecordKey;
}

export interface Commit {
  /** Versions that must be the present ones; `undefined`: there is no such record. */
  check?: (RecordName & { version: string | undefined })[];
  put?: (RecordName & { value: unknown })[];
  delete?: RecordName[];
  /** Whole numbers. Additions to one counter never collide. */
  add?: (RecordName & { by: number })[];
}

/** The smallest engine's limits. Bytes are of JSON, and of keys, in UTF-8. */
export const recordLimits = {
  valueBytes: 60 * 1024,
  keyBytes: 1_024,
  checks: 100,
  changes: 500,
  commitBytes: 512 * 1024,
  commitKeyBytes: 48 * 1024,
} as const;

/** A commit with its values as JSON, within the limits. */
export interface CheckedCommit extends Required<Omit<Commit, "put">> {
  put: (RecordName & { json: string })[];
}

const encoder = new TextEncoder();

/** @throws {RangeError} */
export function checkCommit({ check = [], put = [], delete: drop = [], add = [] }: Commit): CheckedCommit {
  const changes = [...put, ...drop, ...add];
  atMost("checks in a commit", check.length, recordLimits.checks);
  atMost("changes in a commit", changes.length, recordLimits.changes);
  const keys = [...check, ...changes].map(({ key }) => bytesOf(key));
  atMost(
    "bytes of keys in a commit",
    keys.reduce((sum, bytes) => sum + bytes, 0),
    recordLimits.commitKeyBytes,
  );
  for (const named of [[...put, ...drop], check, add]) {
    const names = new Set(named.map(({ collection, key }) => JSON.stringify([collection, key])));
    if (names.size < named.length) throw new RangeError("A commit names a record twice");
  }
  for (const { by } of add) if (!Number.isSafeInteger(by)) throw new RangeError(`Cannot add ${by}`);
  const written = put.map(({ collection, key, value }) => ({ collection, key, json: jsonOf(value) }));
  const bytes = written.reduce((sum, { json }) => sum + encoder.encode(json).length, 0);
  atMost("bytes in a commit", bytes, recordLimits.commitBytes);
  return { check, put: written, delete: drop, add };
}

/** @throws {RangeError} */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined) throw new RangeError("A record's value is no JSON");
  atMost("bytes in a record's value", encoder.encode(json).length, recordLimits.valueBytes);
  return json;
}

/**
 * The key as bytes that sort as its parts do: each part in UTF-8, ended by a zero. @throws {RangeError} for a part with a
 * NUL or half a character in it, which some engine could not store, or not tell from another
 */
export function encodeKey(key: RecordKey): Uint8Array<ArrayBuffer> {
  for (const part of key) {
    if (part.includes("\0") || !part.isWellFormed()) {
      throw new RangeError(`A record's key cannot hold ${JSON.stringify(part)}`);
    }
  }
  return encoder.encode(key.map((part) => `${part}\0`).join(""));
}

export function decodeKey(bytes: Uint8Array): RecordKey {
  return new TextDecoder().decode(bytes).split("\0").slice(0, -1);
}

function bytesOf(key: RecordKey): number {
  if (key.length === 0) throw new RangeError("A record's key has at least one part");
  const bytes = encodeKey(key).length;
  atMost("bytes in a record's key", bytes, recordLimits.keyBytes);
  return bytes;
}

function atMost(what: string, is: number, most: number): void {
  if (is > most) throw new RangeError(`Cannot store ${is} ${what}: at most ${most}`);
}

/** Attempts of one who changes a record that others change too; their pauses add up to some seconds. */
const maxAttempts = 60;

/**
 * Attempts a compare-and-set until it is committed: an attempt that lost against another writer answers nothing.
 * @throws {Unavailable} if others are faster again and again
 */
export async function untilCommitted<T>(attempt: () => Promise<{ answer: T } | undefined>): Promise<T> {
  for (let n = 0; n < maxAttempts; n++) {
    const done = await attempt();
    if (done) return done.answer;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** n, 150)));
  }
  throw new Unavailable("Too many change the same record at once");
}

/**
 * Replaces a record by what `next` makes of it, or leaves it if that is nothing; again, if somebody else was faster.
 * Answers what was there before.
 */
export function updateRecord(
  records: Records,
  { collection, key }: RecordName,
  next: (now: unknown) => unknown,
): Promise<unknown> {
  return untilCommitted(async () => {
    const known = await records.get(collection, key);
    const value = next(known?.value);
    const done = { answer: known?.value };
    if (value === undefined) return done;
    const check = [{ collection, key, version: known?.version }];
    return await records.commit({ check, put: [{ collection, key, value }] }) ? done : undefined;
  });
}
