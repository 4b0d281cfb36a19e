import type { RoomKey } from "../db/store.ts";
import type { Chat } from "./chat.ts";
import { Forbidden, RateLimited } from "./errors.ts";
import type { Limiter } from "./limiters.ts";
import type { Who } from "./who.ts";

/** Counts a message of a visitor against its room and its address. @throws {RateLimited} */
export function payForMessage(chat: Chat, who: Who, { admin, consumer }: RoomKey): void {
  if (who.kind !== "visitor") return;
  const wait = takeAll([
    [chat.limiters.messagesPerRoom, `${admin} ${consumer}`],
    [chat.limiters.messagesPerAddress, who.address],
  ]);
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

/** Takes one of each, or none. Answers 0, or the milliseconds to wait. */
export function takeAll(wanted: [Limiter, string][]): number {
  let taken = 0, wait = 0;
  for (const [limiter, key] of wanted) {
    wait = limiter.take(key);
    if (wait > 0) break;
    taken++;
  }
  if (wait > 0) { for (const [limiter, key] of wanted.slice(0, taken)) limiter.giveBack(key); }
  return wait;
}
