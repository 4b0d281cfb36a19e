import { Unavailable } from "./errors.ts";

/**
 * Small documents under ordered keys: the storage of everything except rooms and messages. Each engine
 * implements this interface once; `tests/db/contract/records.ts` verifies all implementations.
 */
export interface Records {
  get(collection: string, key: RecordKey): Promise<StoredRecord | undefined>;
  /** The records of these names, in the same order, by one query. */
  getMany(named: readonly RecordName[]): Promise<(StoredRecord | undefined)[]>;
  /**
   * Records whose keys begin with `prefix`, in key order, after the key `after`. The cost depends on the page
   * size only.
   */
  list(collection: string, prefix: RecordKey, page: RecordPage): Promise<StoredRecord[]>;
  /** Value of a counter; 0 if nothing was added to it. */
  counter(collection: string, key: RecordKey): Promise<number>;
  /** Counters whose keys begin with `prefix`; paged as in `list`. */
  counters(collection: string, prefix: RecordKey, page: RecordPage): Promise<Counter[]>;
  /**
   * Makes all of these changes or none, durably. Returns false, without a change, if a check fails.
   * @throws {RangeError} for a value that an engine cannot store, before anything is sent
   * @throws {Unavailable} if it is unknown whether the changes were made: read, and call again
   */
  commit(commit: Commit): Promise<boolean>;
  /** Removes all records and counters under `prefix`, in batches, so that other writes are not blocked. */
  deleteAll(collection: string, prefix: RecordKey): Promise<void>;
}

/**
 * Parts of a key. The first is the workspace or account, so that all its records can be removed by prefix.
 */
export type RecordKey = readonly string[];

/** A time (milliseconds since 1970) as a key part; such parts sort chronologically. */
export const timePart = (ms: number): string => String(Math.floor(ms)).padStart(15, "0");

export interface StoredRecord {
  key: RecordKey;
  /** JSON. */
  value: unknown;
  /** Changes with each write, also if the record was deleted in between. */
  version: string;
}

export interface Counter {
  key: RecordKey;
  value: number;
}

export interface RecordPage {
  after?: RecordKey;
  limit: number;
  /** Descending key order. */
  reverse?: boolean;
}

export interface RecordName {
  collection: string;
  key: RecordKey;
}

export interface Commit {
  /** Versions that the commit requires; `undefined`: the record must not exist. */
  check?: (RecordName & { version: string | undefined })[];
  put?: (RecordName & { value: unknown })[];
  delete?: RecordName[];
  /** Integers. Additions to one counter never conflict. */
  add?: (RecordName & { by: number })[];
}

/** The lowest limits of all engines. Bytes of UTF-8, of values as JSON and of keys. */
export const recordLimits = {
  valueBytes: 60 * 1024,
  keyBytes: 1_024,
  checks: 100,
  changes: 500,
  commitBytes: 512 * 1024,
  commitKeyBytes: 48 * 1024,
} as const;

/** A commit with values serialized as JSON, within the limits. */
export interface CheckedCommit extends Required<Omit<Commit, "put">> {
  put: (RecordName & { json: string })[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
 * Encodes a key as bytes that sort like its parts: each part in UTF-8, terminated by a zero byte.
 * @throws {RangeError} for a part with a NUL or an unpaired surrogate, which some engines cannot store or
 * distinguish
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
  const parts = decoder.decode(bytes).split("\0");
  parts.pop();
  return parts;
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

/** Maximum attempts to change a contended record; the pauses between them add up to several seconds. */
const maxAttempts = 60;

/**
 * Repeats a compare-and-set until it is committed; an attempt that lost to another writer returns undefined.
 * @throws {Unavailable} after repeated conflicts
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
 * Replaces a record by the result of `next`, or leaves it if that is undefined; retries on a concurrent
 * change. Returns the former value.
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
