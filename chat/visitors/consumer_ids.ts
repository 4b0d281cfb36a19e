import { isUsername } from "../../protocol/names.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, RateLimited } from "../errors.ts";

/** Refuses an id under which a visitor could pass for the admin, whose name stands on answers. @throws {Forbidden} */
export function refuseUsername({ admin, consumer }: RoomKey): void {
  if (isUsername(consumer, admin)) throw new Forbidden("This consumer id is the name of the admin");
}

/** The same for a new room alone: one of a former version stays as it is, for its admin. @throws {Forbidden} */
export async function refuseNewUsername({ store }: Pick<Chat, "store">, key: RoomKey): Promise<void> {
  if (!await store.room(key)) refuseUsername(key);
}

/**
 * Counts the opening of an id that has no room, by nobody who shows a token: a guess at somebody's id looks like this.
 * @throws {RateLimited}
 */
export function countNewId({ limiters }: Pick<Chat, "limiters">, address: string): void {
  const wait = limiters.newIds.take(address);
  if (wait > 0) throw new RateLimited(wait, "Too many new consumer ids from this address");
}
