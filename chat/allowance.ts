import { nameOf } from "../db/room_name.ts";
import type { RoomKey } from "../db/store.ts";
import type { Chat } from "./chat.ts";
import { Forbidden, RateLimited } from "./errors.ts";
import { costs } from "./meter.ts";
import type { Who } from "./who.ts";

/** Counts a message of a visitor against its room and its address. @throws {RateLimited} */
export function payForMessage(chat: Chat, who: Who, key: RoomKey): void {
  if (who.kind !== "visitor") return;
  const { messagesPerRoom, messagesPerAddress } = chat.limiters;
  const room = nameOf(key);
  let wait = messagesPerRoom.take(room);
  if (wait === 0) {
    wait = messagesPerAddress.take(who.address);
    if (wait > 0) messagesPerRoom.giveBack(room);
  }
  if (wait > 0) throw new RateLimited(wait, "Too many messages");
}

/**
 * Counts a new room against the address that asks for it.
 * @throws {Forbidden} if rooms have a challenge before them that this party has not solved
 * @throws {RateLimited}
 */
export function payForRoom(chat: Chat, who: Who): void {
  if (who.kind === "admin") return;
  if (chat.challenges && !(who.kind === "visitor" && who.proved)) {
    throw new Forbidden("A new room needs a visitor token from a session that solved the challenge");
  }
  const wait = chat.limiters.roomsPerAddress.take(who.address);
  if (wait > 0) throw new RateLimited(wait, "Too many new rooms");
}

/** Counts a call that opens a visitor's session against its address, before anything of it is read. @throws {RateLimited} */
export function payForSession({ limiters, meter }: Chat, address: string): void {
  const wait = limiters.sessions.take(address) || (meter?.address(address).take(costs.session) ?? 0);
  if (wait > 0) throw new RateLimited(wait, "Too many sessions");
}

/** Counts a session against the visitor it is of, wherever that visitor is. @throws {RateLimited} */
export function payForVisit({ limiters }: Chat, key: RoomKey): void {
  const wait = limiters.visits.take(nameOf(key));
  if (wait > 0) throw new RateLimited(wait, "Too many sessions");
}
