import { serialize } from "node:v8";
import { Unavailable } from "../errors.ts";
import { isEngineError, unavailable } from "./engine_errors.ts";
import type { WriteLock } from "./write_lock.ts";

/** Bytes of one value as it is kept. A character outside Latin-1 makes each of its string's characters two bytes. */
const maxValueBytes = 65_536;
/** Keys of one `getMany`. */
const maxKeys = 10;
/** Entries that a list fetches at once, at most. */
const maxListed = 500;
/** Keys that one change removes, at most, and bytes in them: the engine takes 1,000 keys and 80 KiB. */
const maxRemoved = 500, maxRemovedBytes = 64_000;
/** After this an answer does not come any more. */
const answerMs = 5_000;

/** Entries to set, to delete and to find unchanged, all or none. */
export interface Change {
  checks?: Deno.AtomicCheck[];
  sets?: { key: Deno.KvKey; value: unknown; expireIn?: number }[];
  deletes?: Deno.KvKey[];
  /** Counters to raise; by a negative number to lower. They need no check: additions never collide. */
  sums?: { key: Deno.KvKey; by: number }[];
}

/** Deno KV with its failures in the store's words. Reads are the strong ones. */
export class Engine {
  #closed = false;

  /** `lock`: of a file, which other programs may hold. */
  constructor(readonly kv: Deno.Kv, readonly lock?: WriteLock) {}

  /** @throws {Unavailable} */
  get<T>(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<T>> {
    return this.#ask(() => this.kv.get<T>(key));
  }

  /** As many as wanted; more than ten are not of one moment. @throws {Unavailable} */
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
   * Answers false if a check did not hold.
   * @throws {Unavailable} the change may have been made all the same
   * @throws {RangeError} for a value that is too large, before anything is sent
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

  /** Removes keys, in as many changes as it takes. @throws {Unavailable} */
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

/** What a key takes, at most: a character is three bytes, a number nine, and each part has its mark and its end. */
function bytesOf(key: Deno.KvKey): number {
  return key.reduce<number>((sum, part) => sum + (typeof part === "string" ? 3 * part.length + 2 : 11), 0);
}

/** @throws {RangeError} for a value over the engine's limit */
export function checkSize(value: unknown): void {
  const bytes = serialize(value).length;
  if (bytes > maxValueBytes) {
    throw new RangeError(`Cannot store a value of ${bytes} bytes: Deno KV takes at most ${maxValueBytes}`);
  }
}
