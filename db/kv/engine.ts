import { serialize } from "node:v8";
import { Unavailable } from "../errors.ts";
import { isEngineError, unavailable } from "./engine_errors.ts";
import type { WriteLock } from "./write_lock.ts";

/**
 * Maximum serialized size of a value. A string with a character outside Latin-1 takes two bytes per
 * character. Bytes.
 */
const maxValueBytes = 65_536;
/** Maximum keys per `getMany`. */
const maxKeys = 10;
/** Maximum batch size of a list. */
const maxListed = 500;
/** Maximum keys, and bytes of keys, deleted per change: the engine accepts 1,000 keys and 80 KiB. */
const maxRemoved = 500, maxRemovedBytes = 64_000;
/** Answer timeout. Milliseconds. */
const answerMs = 5_000;

/** An atomic operation: entries to set and to delete, and entries that must be unchanged. */
export interface Change {
  checks?: Deno.AtomicCheck[];
  sets?: { key: Deno.KvKey; value: unknown; expireIn?: number }[];
  deletes?: Deno.KvKey[];
  /**
   * Counters to increment, or to decrement by a negative number. They need no check: increments do not
   * conflict.
   */
  sums?: { key: Deno.KvKey; by: number }[];
}

/** Deno KV with strongly consistent reads; its failures are rejected as `Unavailable`. */
export class Engine {
  #closed = false;

  /** `lock`: the lock of a database file, which other processes may hold. */
  constructor(readonly kv: Deno.Kv, readonly lock?: WriteLock) {}

  /** @throws {Unavailable} */
  get<T>(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<T>> {
    return this.#ask(() => this.kv.get<T>(key));
  }

  /** Reads any number of keys. More than ten are not read from one snapshot. @throws {Unavailable} */
  async getMany<T>(keys: Deno.KvKey[]): Promise<Deno.KvEntryMaybe<T>[]> {
    const parts = [];
    for (let i = 0; i < keys.length; i += maxKeys) parts.push(keys.slice(i, i + maxKeys));
    const found = await Promise.all(parts.map((part) => this.#ask(() => this.kv.getMany<T[]>(part))));
    return found.flat() as Deno.KvEntryMaybe<T>[];
  }

  /** @throws {Unavailable} */
  list<T>(
    selector: Deno.KvListSelector,
    { limit, reverse = false }: { limit: number; reverse?: boolean },
  ): Promise<Deno.KvEntry<T>[]> {
    if (limit <= 0) return Promise.resolve([]);
    const options = { limit, reverse, batchSize: Math.min(limit, maxListed) };
    return this.#ask(() => Array.fromAsync(this.kv.list<T>(selector, options)));
  }

  /**
   * Returns false if a check failed.
   * @throws {Unavailable} the change may have been stored nevertheless
   * @throws {RangeError} if a value is too large; nothing is sent
   */
  async change({ checks = [], sets = [], deletes = [], sums = [] }: Change): Promise<boolean> {
    const atomic = this.kv.atomic();
    for (const { value } of sets) checkSize(value);
    atomic.check(...checks);
    for (const key of deletes) atomic.delete(key);
    for (const { key, value, expireIn } of sets) {
      atomic.set(key, value, expireIn === undefined ? {} : { expireIn });
    }
    for (const { key, by } of sums) atomic.sum(key, BigInt.asUintN(64, BigInt(by)));
    const commit = () => this.#ask(() => atomic.commit());
    return (await (this.lock && !this.#closed ? this.lock.take(commit) : commit())).ok;
  }

  /** Deletes keys in several changes if necessary. @throws {Unavailable} */
  async remove(keys: Deno.KvKey[]): Promise<void> {
    let portion: Deno.KvKey[] = [], bytes = 0;
    for (const key of keys) {
      const more = bytesOf(key);
      if (portion.length === maxRemoved || bytes + more > maxRemovedBytes) {
        await this.change({ deletes: portion });
        [portion, bytes] = [[], 0];
      }
      portion.push(key);
      bytes += more;
    }
    if (portion.length) await this.change({ deletes: portion });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.lock?.close();
    this.kv.close();
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Unavailable("The database is closed");
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${answerMs} ms`)), answerMs);
      });
      return await Promise.race([ask(), late]);
    } catch (error) {
      throw isEngineError(error) ? unavailable(error) : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Upper bound of a key's encoded size: up to 3 bytes per character and 9 per number, plus a type byte and a
 * terminator per part. Bytes.
 */
function bytesOf(key: Deno.KvKey): number {
  return key.reduce<number>((sum, part) => sum + (typeof part === "string" ? 3 * part.length + 2 : 11), 0);
}

/** @throws {RangeError} if a value exceeds the engine's limit */
export function checkSize(value: unknown): void {
  const bytes = serialize(value).length;
  if (bytes > maxValueBytes) {
    throw new RangeError(`Cannot store a value of ${bytes} bytes: Deno KV takes at most ${maxValueBytes}`);
  }
}
