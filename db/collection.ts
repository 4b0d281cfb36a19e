import { type Changes, markOf } from "./changes.ts";
import {
  type Commit,
  type RecordKey,
  recordLimits,
  type RecordName,
  type RecordPage,
  type Records,
  type StoredRecord,
  untilCommitted,
} from "./records.ts";

/** Validates stored values: a zod schema, or a plain function where loading zod would delay the start. */
export interface Schema<T> {
  /** Adds defaults to a value of an earlier version. @throws for an invalid value */
  parse(value: unknown): T;
}

/** Returns a value as stored, for types that have not gained fields. */
export const stored = <T>(): Schema<T> => ({ parse: (value) => value as T });

export interface Index<T> {
  /** undefined: the index does not contain this value. */
  key(value: T): RecordKey | undefined;
  /** A key belongs to at most one value: storing a second value under it removes the first. */
  isUnique?: boolean;
}

/** Declaration of a collection. */
export interface Declaration<T, I extends string = never> {
  name: string;
  /** A function: loaded on first use. */
  schema: Schema<T> | (() => Promise<Schema<T>>);
  key(value: T): RecordKey;
  /** Secondary keys, kept in the same commit. */
  indexes?: Record<I, Index<T>>;
  /**
   * The index whose first key part is the workspace or account. Without it, that is the first part of the
   * record key.
   */
  owner?: NoInfer<I>;
  /** The index whose keys begin with the workspace and the visitor, if that is not true of the record key. */
  room?: NoInfer<I>;
  /** Changes are announced to followers in every process. */
  isWatched?: boolean;
}

/** What collections need of a store. */
export interface RecordStore {
  records: Records;
  changes: Changes;
}

/** A value with its version, for a commit that depends on it. */
interface Known<T> {
  value: T;
  version: string;
}

interface Entry extends RecordName {
  isUnique: boolean;
}

/** Values per read. */
const pageSize = 100;
/** Records per commit of an erasure: their keys stay below its limit. */
const mostErased = 40;
/** Values changed per commit. */
const mostTogether = 40;

/** Documents of one type. Stored values are never migrated: the schema adds defaults for later fields. */
export class Collection<T, I extends string = never> {
  readonly name: string;
  #declared: Declaration<T, I>;
  #indexes: [name: string, index: Index<T>][];
  #schema: Schema<T> | undefined;

  constructor(declared: Declaration<T, I>) {
    this.name = declared.name;
    this.#declared = declared;
    this.#indexes = Object.entries(declared.indexes ?? {});
  }

  async get({ records }: RecordStore, key: RecordKey): Promise<T | undefined> {
    return (await this.#known(await records.get(this.name, key)))?.value;
  }

  /** The values of these keys, in their order. */
  async getMany({ records }: RecordStore, keys: readonly RecordKey[]): Promise<(T | undefined)[]> {
    const found = await records.getMany(keys.map((key) => ({ collection: this.name, key })));
    return await Promise.all(found.map(async (record) => (await this.#known(record))?.value));
  }

  /** The value of a key in a unique index. */
  async find(store: RecordStore, index: I, key: RecordKey): Promise<T | undefined> {
    const entry = await store.records.get(this.indexName(index), key);
    return entry && await this.get(store, entry.value as RecordKey);
  }

  /** Values whose keys begin with `prefix`, in key order. */
  async list({ records }: RecordStore, prefix: RecordKey, page: RecordPage): Promise<T[]> {
    const found = await records.list(this.name, prefix, page);
    return await Promise.all(found.map(async (record) => (await this.#read(record)).value));
  }

  /** Values whose keys in an index begin with `prefix`, in the index's order; `after` is a key of the index. */
  async listBy(store: RecordStore, index: I, prefix: RecordKey, page: RecordPage): Promise<T[]> {
    const found = await store.records.list(this.indexName(index), prefix, page);
    const values = await this.getMany(store, found.map(({ value }) => value as RecordKey));
    return values.filter((value) => value !== undefined);
  }

  /** Every value of one owner, or of all owners, in the order of the keys that begin with the owner. */
  async *all(store: RecordStore, owner?: string): AsyncIterable<T> {
    let after: RecordKey | undefined;
    do {
      const { keys, last } = await this.#keysOf(store, owner, { after, limit: pageSize });
      // A value deleted since its key was read is skipped.
      for (const value of await this.getMany(store, keys)) if (value !== undefined) yield value;
      after = keys.length === pageSize ? last : undefined;
    } while (after);
  }

  /** Puts a value, replacing any under its key. */
  async put(store: RecordStore, value: T): Promise<void> {
    await this.update(store, this.#declared.key(value), () => value);
  }

  /** Puts a value unless its key exists. Returns the existing one. */
  create(store: RecordStore, value: T): Promise<T | undefined> {
    return this.update(store, this.#declared.key(value), (now) => now === undefined ? value : undefined);
  }

  /**
   * Replaces a value by the result of `next`, which has the same key, or leaves it if that is undefined;
   * retries on a concurrent change. Returns the former value. `commit` makes the change, together with
   * related changes.
   * @throws {Unavailable} after repeated conflicts, or if the engine fails
   */
  update(
    store: RecordStore,
    key: RecordKey,
    next: (now: T | undefined) => T | undefined,
    commit = (change: Commit) => store.records.commit(change),
  ): Promise<T | undefined> {
    return untilCommitted(async () => {
      const known = await this.#known(await store.records.get(this.name, key));
      const after = next(known?.value), done = { answer: known?.value };
      if (after === undefined) return done;
      const change = await this.#change(store, { key, known, after });
      return await this.#commit(store, change, [after], commit) ? done : undefined;
    });
  }

  /**
   * `update` for many existing values: as many per commit as fit, with their indexes. Returns the
   * outcome of those that changed.
   */
  async updateMany(
    store: RecordStore,
    keys: readonly RecordKey[],
    next: (now: T) => T | undefined,
  ): Promise<T[]> {
    const changed: T[] = [];
    for (let from = 0; from < keys.length; from += mostTogether) {
      const some = keys.slice(from, from + mostTogether);
      changed.push(...await untilCommitted(() => this.#changeTogether(store, some, next)));
    }
    return changed;
  }

  /** Names under which entries of its indexes are stored. */
  get indexNames(): string[] {
    return this.#indexes.map(([name]) => this.indexName(name as I));
  }

  /** Name under which the entries of an index are stored. */
  indexName(index: I): string {
    return `${this.name}/${index}`;
  }

  /** Key of a value. */
  nameOf(value: T): RecordName {
    return { collection: this.name, key: this.#declared.key(value) };
  }

  /** All records of a value: itself, and its entries in the indexes. */
  recordsOf(value: T): (RecordName & { value: unknown })[] {
    const own = this.nameOf(value);
    const entries = this.#entries(value).map(({ collection, key }) => ({ collection, key, value: own.key }));
    return [{ ...own, value }, ...entries];
  }

  /** Removes a value if it exists and matches the condition. Returns it. */
  remove(
    store: RecordStore,
    key: RecordKey,
    isOne: (value: T) => boolean = () => true,
  ): Promise<T | undefined> {
    return untilCommitted(async () => {
      const known = await this.#known(await store.records.get(this.name, key));
      if (!known || !isOne(known.value)) return { answer: undefined };
      const { value } = known, change = await this.#change(store, { key, known, after: undefined });
      return await this.#commit(store, change, [value]) ? { answer: value } : undefined;
    });
  }

  /** Removes everything of an owner, in batches. */
  async erase(store: RecordStore, owner: string): Promise<void> {
    if (this.#indexes.length === 0) await store.records.deleteAll(this.name, [owner]);
    else while (await this.#eraseSome(store, await this.#keysOf(store, owner, { limit: this.#mostFound })));
    if (this.#declared.isWatched) store.changes.changed({ owner, collection: this.name });
  }

  /**
   * Removes the values whose keys, or entries in the `room` index, begin with `prefix`, in batches. Returns whether
   * there were any.
   */
  async eraseUnder(store: RecordStore, prefix: RecordKey): Promise<boolean> {
    const { room } = this.#declared, collection = room === undefined ? this.name : this.indexName(room);
    for (let wasThere = false, hasMore = true;; wasThere = true) {
      const found = hasMore ? await store.records.list(collection, prefix, { limit: this.#mostFound }) : [];
      if (found.length === 0) return wasThere;
      const keys = found.map(({ key, value }) => room === undefined ? key : value as RecordKey);
      const entries = room === undefined ? [] : found.map(({ key }) => ({ collection, key }));
      hasMore = await this.#eraseSome(store, { keys, entries });
    }
  }

  /** Keys of an owner's values, or of all; `last`: where the next page begins. */
  async #keysOf(store: RecordStore, owner: string | undefined, page: RecordPage) {
    const { owner: by } = this.#declared, isByIndex = by !== undefined && owner !== undefined;
    const collection = isByIndex ? this.indexName(by) : this.name;
    const found = await store.records.list(collection, owner === undefined ? [] : [owner], page);
    const keys = found.map(({ key, value }) => isByIndex ? value as RecordKey : key);
    return { keys, last: found.at(-1)?.key, entries: found.map(({ key }) => ({ collection, key })) };
  }

  async #changeTogether(store: RecordStore, keys: readonly RecordKey[], next: (now: T) => T | undefined) {
    const found = await store.records.getMany(keys.map((key) => ({ collection: this.name, key })));
    const changes: { after: T; change: Commit }[] = [];
    for (const record of found) {
      const known = await this.#known(record), after = known && next(known.value);
      if (after === undefined) continue;
      changes.push({ after, change: await this.#change(store, { key: record!.key, known, after }) });
    }
    const answer = changes.map(({ after }) => after), all = changes.map(({ change }) => change);
    if (all.length === 0) return { answer };
    return await this.#commit(store, all.reduce(merge), answer) ? { answer } : undefined;
  }

  /** Values found at once for an erasure. */
  get #mostFound(): number {
    return Math.floor(recordLimits.changes / (2 * this.#indexes.length + 2));
  }

  /** Erases the values of these keys, and these entries. Returns whether there may be more. */
  async #eraseSome(
    store: RecordStore,
    { keys, entries }: { keys: RecordKey[]; entries: RecordName[] },
  ): Promise<boolean> {
    const values = await this.getMany(store, keys);
    // Index entries of the page are deleted in the same commit: a dangling entry would remain in the index
    // permanently.
    const gone = [
      ...entries,
      ...keys.map((key) => ({ collection: this.name, key })),
      ...values.flatMap((value) => value === undefined ? [] : this.#entries(value)),
    ];
    for (let from = 0; from < gone.length; from += mostErased) {
      await store.records.commit({ delete: distinct(gone.slice(from, from + mostErased)) });
    }
    return keys.length === this.#mostFound;
  }

  /** Commits a change of these values, and notifies followers of the collection. */
  async #commit(
    store: RecordStore,
    change: Commit,
    values: T[],
    commit = (all: Commit) => store.records.commit(all),
  ): Promise<boolean> {
    if (!this.#declared.isWatched) return await commit(change);
    const owners = [...new Set(values.map((value) => this.ownerOf(value)))];
    const changed = owners.map((owner) => ({ owner, collection: this.name }));
    const marks = changed.map((one) => ({ ...markOf(one), value: true }));
    if (!await commit(merge(change, { put: marks }))) return false;
    for (const one of changed) store.changes.changed(one);
    return true;
  }

  /** Replaces one value under a key by the next, with its index entries. */
  async #change(
    store: RecordStore,
    { key, known, after }: { key: RecordKey; known: Known<T> | undefined; after: T | undefined },
  ): Promise<Commit> {
    const own = { collection: this.name, key };
    const was = known ? this.#entries(known.value) : [], is = after === undefined ? [] : this.#entries(after);
    const come = without(is, was);
    const change: Commit = {
      check: [{ ...own, version: known?.version }],
      put: [
        ...after === undefined ? [] : [{ ...own, value: after }],
        ...come.map(({ collection, key: at }) => ({ collection, key: at, value: key })),
      ],
      delete: [...after === undefined ? [own] : [], ...without(was, is)],
    };
    const taken = come.filter(({ isUnique }) => isUnique);
    return taken.length ? merge(change, await this.#takeOver(store, taken)) : change;
  }

  /** Removes the values that hold these entries of unique indexes. */
  async #takeOver(store: RecordStore, entries: Entry[]): Promise<Commit> {
    const found = await store.records.getMany(entries);
    const parts = await Promise.all(entries.map(async ({ collection, key }, i): Promise<Commit> => {
      const check = [{ collection, key, version: found[i]?.version }];
      const own = found[i] && { collection: this.name, key: found[i].value as RecordKey };
      const other = own && await this.#known(await store.records.get(own.collection, own.key));
      if (!other) return { check };
      return {
        check: [...check, { ...own, version: other.version }],
        delete: [own, ...without(this.#entries(other.value), entries)],
      };
    }));
    return parts.reduce(merge);
  }

  #entries(value: T): Entry[] {
    const own = this.#declared.key(value);
    return this.#indexes.flatMap(([name, { key, isUnique = false }]) => {
      const found = key(value);
      if (found === undefined) return [];
      return [{
        collection: this.indexName(name as I),
        key: isUnique ? found : [...found, ...own],
        isUnique,
      }];
    });
  }

  /** The workspace or account of a value. */
  ownerOf(value: T): string {
    const { owner, key, indexes } = this.#declared;
    return (owner === undefined ? key(value) : indexes![owner].key(value)!)[0]!;
  }

  async #known(record: StoredRecord | undefined): Promise<Known<T> | undefined> {
    return record && await this.#read(record);
  }

  async #read({ value, version }: StoredRecord): Promise<Known<T>> {
    const { schema } = this.#declared;
    this.#schema ??= typeof schema === "function" ? await schema() : schema;
    return { value: this.#schema.parse(value), version };
  }
}

/** Merges two commits. */
function merge(one: Commit, other: Commit): Commit {
  return {
    check: [...one.check ?? [], ...other.check ?? []],
    put: [...one.put ?? [], ...other.put ?? []],
    delete: [...one.delete ?? [], ...other.delete ?? []],
    add: [...one.add ?? [], ...other.add ?? []],
  };
}

function isSameKey(a: RecordKey, b: RecordKey): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

function without<N extends RecordName>(names: N[], others: RecordName[]): N[] {
  return names.filter(({ collection, key }) =>
    !others.some((other) => other.collection === collection && isSameKey(other.key, key))
  );
}

function distinct(names: RecordName[]): RecordName[] {
  return [...new Map(names.map((name) => [JSON.stringify([name.collection, name.key]), name])).values()];
}
