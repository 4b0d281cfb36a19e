import type { RecordStore } from "../collection.ts";
import { type Commit, type RecordName, untilCommitted } from "../records.ts";
import type { RoomKey, Store } from "../store.ts";
import { marks } from "../changes.ts";
import { type Alias, aliases, aliasesOf } from "./aliases.ts";
import { type AccountEntry, accounts, isAccount } from "./accounts.ts";
import { ofAccount, ofRoom, ofVisitor } from "./declared.ts";
import { contactEntry } from "./visitors.ts";

/** An engine's deletion of rooms, in one transaction with records. */
export interface RoomErasure {
  /** Deletes a room, if it exists, together with records. Returns whether it existed. */
  removeRoom(key: RoomKey, records: RecordName[]): Promise<boolean>;
  /**
   * Deletes all rooms of an admin. If the engine supports it, `last` is committed together with the last
   * room. Returns whether it was committed.
   */
  removeRooms(admin: string, last: Commit): Promise<boolean>;
}

type Erasure = Pick<Store, "forgetVisitor" | "forgetAccount" | "releaseName">;

export function erasureVerbs(store: RecordStore, rooms: RoomErasure): Erasure {
  return {
    async forgetVisitor(key) {
      const names = ofVisitor.map(({ name }) => ({ collection: name, key: [key.admin, key.consumer] }));
      const known = await store.records.getMany(names);
      const hadMore = await eraseOfRoom(store, key);
      const wasThere = await rooms.removeRoom(key, [...names, contactEntry(key)]);
      // What was written while the room existed.
      await eraseOfRoom(store, key);
      for await (const alias of aliasesOf(store, key)) await eraseAlias(store, alias);
      return wasThere || hadMore || known.some((record) => record !== undefined);
    },
    async forgetAccount(username, deleted = Date.now()) {
      await eraseAll(store, rooms, username);
      await untilCommitted(async () => {
        const { own, entry, check } = await find(store, username);
        const last = isAccount(entry) ? { check, put: [{ ...own, value: { username, deleted } }] } : {};
        return await rooms.removeRooms(username, last) ? { answer: undefined } : undefined;
      });
      // Delete records that were written under the name before the account was gone.
      await eraseCollections(store, username);
    },
    async releaseName(username) {
      const { own, entry, check } = await find(store, username);
      if (!entry || isAccount(entry)) return false;
      await eraseAll(store, rooms, username);
      return await rooms.removeRooms(username, { check, delete: [own] });
    },
  };
}

/** Deletes a consumer id that led to a deleted room, and what is left under it. */
async function eraseAlias(store: RecordStore, alias: Alias): Promise<void> {
  const { admin, consumer } = alias;
  await eraseOfRoom(store, alias);
  await store.records.commit({
    delete: ofVisitor.map(({ name }) => ({ collection: name, key: [admin, consumer] })),
  });
  await aliases.remove(store, [admin, consumer]);
}

/** Returns whether there was anything. */
async function eraseOfRoom(store: RecordStore, { admin, consumer }: RoomKey): Promise<boolean> {
  const erased: boolean[] = [];
  for (const collection of ofRoom) erased.push(await collection.eraseUnder(store, [admin, consumer]));
  return erased.includes(true);
}

async function find({ records }: RecordStore, username: string) {
  const own = { collection: accounts.name, key: [username] };
  const known = await records.get(own.collection, own.key);
  const check = [{ ...own, version: known?.version }];
  return { own, check, entry: known?.value as AccountEntry | undefined };
}

async function eraseAll(store: RecordStore, rooms: RoomErasure, username: string): Promise<void> {
  await rooms.removeRooms(username, {});
  await eraseCollections(store, username);
}

async function eraseCollections(store: RecordStore, username: string): Promise<void> {
  for (const collection of ofAccount) await collection.erase(store, username);
  await store.records.deleteAll(marks, [username]);
}
