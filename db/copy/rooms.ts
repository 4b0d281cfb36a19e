import type { RoomRecord, Store } from "../store.ts";

const atOnce = 100;

/** All rooms of an admin. */
export async function* roomsOf(store: Store, admin: string): AsyncIterable<RoomRecord> {
  let cursor: string | undefined;
  do {
    const page = await store.rooms(admin, { limit: atOnce, filter: "all", messages: 0, cursor });
    for (const { room } of page.rooms) yield room;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
