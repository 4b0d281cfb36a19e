import { isUsername } from "../../protocol/names.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, RateLimited } from "../errors.ts";

/** Refuses an id under which a visitor could impersonate the admin, whose name appears as author. @throws {Forbidden} */
export function refuseUsername({ admin, consumer }: RoomKey): void {
  if (isUsername(consumer, admin)) throw new Forbidden("This consumer id is the name of the admin");
}

/** The same for a new room only: a room of an earlier version stays, for its admin. @throws {Forbidden} */
export async function refuseNewUsername({ store }: Pick<Chat, "store">, key: RoomKey): Promise<void> {
  if (!await store.room(key)) refuseUsername(key);
}

/**
 * Counts the opening of an id without a room by a caller without a token: a guess at somebody's id looks the same.
 * @throws {RateLimited}
 */
export function countNewId({ limiters }: Pick<Chat, "limiters">, address: string): void {
  const wait = limiters.newIds.take(address);
  if (wait > 0) throw new RateLimited(wait, "Too many new consumer ids from this address");
}
