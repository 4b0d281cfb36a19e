import { accounts, isAccount } from "../collections/accounts.ts";
import { copied } from "../collections/declared.ts";
import { type KeptValue, keptValues } from "../collections/kept_values.ts";
import type { Collection, RecordStore } from "../collection.ts";
import type { Store } from "../store.ts";

/** Maximum concurrent writes, which share a disk flush. */
const atOnce = 50;

/** Names of values that differ between stores. */
const ofThisStore = new Set(["copy of", "secret"]);

/** Every value of a collection that a copy contains. */
export async function* valuesOf<T>(store: Store, collection: Collection<T, string>): AsyncIterable<T> {
  for await (const value of collection.all(store)) {
    const isOwn = collection.name === keptValues.name && ofThisStore.has((value as KeptValue).name);
    if (!isOwn) yield value;
  }
}

/** Usernames of a store. */
export async function* usernames(store: RecordStore): AsyncIterable<string> {
  for await (const entry of accounts.all(store)) if (isAccount(entry)) yield entry.username;
}

/** Copies all collections to another store. Existing values are overwritten with equal ones. */
export async function moveRecords(from: Store, to: Store): Promise<void> {
  for (const collection of copied) {
    let some: unknown[] = [];
    const write = async () => {
      await Promise.all(some.map((value) => collection.put(to, value)));
      some = [];
    };
    for await (const value of valuesOf(from, collection)) {
      if (some.push(value) === atOnce) await write();
    }
    await write();
  }
}
