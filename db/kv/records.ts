import { newAttemptId } from "../attempt_id.ts";
import { Unavailable } from "../errors.ts";
import {
  checkCommit,
  type CheckedCommit,
  encodeKey,
  type RecordKey,
  type RecordPage,
  type Records,
  type StoredRecord,
} from "../records.ts";
import type { Change, Engine } from "./engine.ts";
import { isLocked } from "./engine_errors.ts";

/** Entries deleted per step. */
const deletedAtOnce = 500;
/** Lifetime of the marker that shows whether an unanswered commit was stored. Milliseconds. */
const markMs = 60_000;
/** Attempts of a commit that gets no answer. */
const maxAttempts = 3;

/** Key of a record. */
export const recordAt = (collection: string, key: RecordKey) => ["record", collection, ...key];
const counterAt = (collection: string, key: RecordKey) => ["counter", collection, ...key];
/** Key parts that sort before and after every string: they bound the range of keys with a given prefix. */
const least = new Uint8Array(), greatest = true;
/** Maximum checks per change (engine limit). */
const maxChecks = 100;

type Page = Omit<RecordPage, "after"> & { after?: Deno.KvKey };

/** Values are JSON as UTF-8 bytes: in a string, one character outside Latin-1 doubles the size. */
export function records(engine: Engine): Records {
  function list<T>(prefix: Deno.KvKey, { after, limit, reverse }: Page) {
    const start = after && !reverse ? [...after, least] : prefix;
    const end = after && reverse ? after : [...prefix, greatest];
    return engine.list<T>({ start, end }, { limit, reverse });
  }

  async function clear(prefix: Deno.KvKey): Promise<void> {
    for (let some; (some = await list(prefix, { limit: deletedAtOnce })).length > 0;) {
      await engine.remove(some.map(({ key }) => key));
    }
  }

  return {
    async get(collection, key) {
      encodeKey(key);
      return recordOf(key, await engine.get<Uint8Array>(recordAt(collection, key)));
    },
    async getMany(named) {
      for (const { key } of named) encodeKey(key);
      const entries = named.map(({ collection, key }) => recordAt(collection, key));
      const found = await engine.getMany<Uint8Array>(entries);
      return named.map(({ key }, i) => recordOf(key, found[i]!));
    },
    async list(collection, prefix, page) {
      const after = page.after && recordAt(collection, page.after);
      const found = await list<Uint8Array>(recordAt(collection, prefix), { ...page, after });
      return found.map(({ key, value, versionstamp }) => ({
        key: key.slice(2) as string[],
        value: parse(value),
        version: versionstamp,
      }));
    },
    async counter(collection, key) {
      encodeKey(key);
      return numberOf((await engine.get<Deno.KvU64>(counterAt(collection, key))).value);
    },
    async counters(collection, prefix, page) {
      const after = page.after && counterAt(collection, page.after);
      const found = await list<Deno.KvU64>(counterAt(collection, prefix), { ...page, after });
      return found.map(({ key, value }) => ({ key: key.slice(2) as string[], value: numberOf(value) }));
    },
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async commit(commit) {
      return commitOnce(engine, checkCommit(commit));
    },
    async deleteAll(collection, prefix) {
      await clear(recordAt(collection, prefix));
      await clear(counterAt(collection, prefix));
    },
  };
}

function recordOf(
  key: RecordKey,
  { value, versionstamp }: Deno.KvEntryMaybe<Uint8Array>,
): StoredRecord | undefined {
  return value === null ? undefined : { key, value: parse(value), version: versionstamp };
}

/**
 * Commits exactly once, even if it is sent several times: the commit writes a marker and requires that it
 * does not exist yet.
 */
export async function commitOnce(engine: Engine, commit: CheckedCommit): Promise<boolean> {
  const { check } = commit;
  // A version that this engine did not create cannot match, and the engine would throw for it.
  if (check.some(({ version }) => version !== undefined && !/^[0-9a-f]{20}$/.test(version))) return false;
  const mark = ["commit", newAttemptId()];
  const { checks, sets, ...rest } = changeOf(commit);
  // Without a free check for the marker, the commit cannot be retried.
  const mayRepeat = checks.length < maxChecks;
  const change = {
    ...rest,
    checks: mayRepeat ? [...checks, { key: mark, versionstamp: null }] : checks,
    sets: [...sets, { key: mark, value: true, expireIn: markMs }],
  };
  for (let attempt = 1;; attempt++) {
    try {
      const isMade = await engine.change(change);
      return isMade || attempt > 1 && (await engine.get(mark)).value !== null;
    } catch (error) {
      const isOver = isLocked(error) || !mayRepeat || attempt === maxAttempts;
      if (isOver || !(error instanceof Unavailable)) throw error;
    }
  }
}

/** Converts a commit to the engine's operations, which callers may extend. */
export function changeOf({ check, put, delete: drop, add }: CheckedCommit): Required<Change> {
  return {
    checks: check.map(({ collection, key, version }) => ({
      key: recordAt(collection, key),
      versionstamp: version ?? null,
    })),
    sets: put.map(({ collection, key, json }) => ({ key: recordAt(collection, key), value: bytes(json) })),
    deletes: drop.map(({ collection, key }) => recordAt(collection, key)),
    sums: add.map(({ collection, key, by }) => ({ key: counterAt(collection, key), by })),
  };
}

const bytes = (json: string) => new TextEncoder().encode(json);
/** Parses the stored value of a record. */
export const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const numberOf = (sum: Deno.KvU64 | null) => Number(BigInt.asIntN(64, sum?.value ?? 0n));
