import { type AccountEntry, accounts, isAccount } from "../collections/accounts.ts";
import { copied } from "../collections/declared.ts";
import type { RoomRecord, Store } from "../store.ts";
import { usernames, valuesOf } from "./records.ts";
import { roomsOf } from "./rooms.ts";
import { Tally } from "./tally.ts";

const messagesAtOnce = 500;

/**
 * Counts and checksums of everything in a store, except values that differ between stores: epoch and room
 * ids.
 */
export async function inventory(store: Store): Promise<Tally> {
  const tally = new Tally();
  for (const collection of copied) {
    for await (const value of valuesOf(store, collection)) {
      const isReserved = collection.name === accounts.name && !isAccount(value as AccountEntry);
      tally.add(isReserved ? "reserved" : collection.name, value as object);
    }
  }
  for await (const username of usernames(store)) {
    for await (const { id: _, ...room } of roomsOf(store, username)) {
      tally.add("rooms", room);
      await countMessages(tally, store, room);
    }
  }
  return tally;
}

async function countMessages(tally: Tally, store: Store, room: Omit<RoomRecord, "id">): Promise<void> {
  for (let after = 0; after < room.head;) {
    const page = await store.messagesAfter(room, after, messagesAtOnce);
    for (const { id: _, ...message } of page) tally.add("messages", message);
    if (page.length === 0) return;
    after = page.at(-1)!.seq;
  }
}
