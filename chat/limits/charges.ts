import { nameOf } from "../../db/room_key.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, RateLimited } from "../errors.ts";
import { costs } from "./meter.ts";
import type { Who } from "../who.ts";

/**
 * Charges a message: a visitor's to its room and its address, an admin's to its account. Visitors with a token are
 * counted apart from strangers, and a room that an admin has answered only for itself, so that an office
 * behind one address can chat. @throws {RateLimited} @throws {QuotaReached}
 */
export function chargeMessage(chat: Chat, who: Who, key: RoomKey): void {
  const { limiters, quotas } = chat;
  quotas?.usage?.mustHaveRoom(key.admin, { messages: 1 });
  if (who.kind === "admin") return refuse(quotas?.accountMessages.take(who.admin), "Too many messages");
  if (who.kind !== "visitor") return;
  const room = nameOf(key);
  let wait = limiters.messagesPerRoom.take(room);
  if (wait === 0 && !quotas?.answered.has(key)) {
    const ofAddress = who.known && quotas ? quotas.knownMessages : limiters.messagesPerAddress;
    wait = ofAddress.take(who.address);
    if (wait > 0) limiters.messagesPerRoom.giveBack(room);
  }
  refuse(wait, "Too many messages");
}

/**
 * Charges a new room to the address, or the account, that requests it.
 * @throws {Forbidden} if rooms require a challenge that this party has not solved
 * @throws {RateLimited} @throws {QuotaReached}
 */
export function chargeRoom(chat: Chat, who: Who): void {
  const { limiters, quotas } = chat;
  quotas?.usage?.mustHaveRoom(who.admin, { rooms: 1 });
  if (who.kind === "admin") return refuse(quotas?.accountRooms.take(who.admin), "Too many new rooms");
  if (chat.challenges && !(who.kind === "visitor" && who.proved)) {
    throw new Forbidden("A new room needs a visitor token from a session that solved the challenge");
  }
  const isKnown = who.kind === "visitor" && who.known && quotas;
  const ofAddress = isKnown ? quotas.knownRooms : limiters.roomsPerAddress;
  refuse(ofAddress.take(who.address), "Too many new rooms");
}

/** Charges a call that opens a visitor's session to its address, before its body is read. @throws {RateLimited} */
export function chargeSession({ quotas, meter }: Chat, address: string): void {
  refuse(quotas?.sessions.take(address), "Too many sessions");
  refuse(meter?.address(address).take(costs.session), "Too many sessions");
}

/** Charges a stranger's look at something public to its address. @throws {RateLimited} */
export function chargeRead({ meter }: Chat, address: string): void {
  refuse(meter?.address(address).take(costs.read), "Too many requests");
}

/** Charges a session to its visitor, from whatever address. @throws {RateLimited} */
export function chargeVisit({ quotas }: Chat, key: RoomKey): void {
  refuse(quotas?.visits.take(nameOf(key)), "Too many sessions");
}

/** Charges an upgrade to its address. @throws {RateLimited} */
export function chargeUpgrade({ quotas, meter }: Chat, address: string): void {
  refuse(quotas?.upgrades.take(address), "Too many sockets opened from this address");
  meter?.address(address).charge(costs.upgrade);
}

function refuse(wait: number | undefined, what: string): void {
  if (wait !== undefined && wait > 0) throw new RateLimited(wait, what);
}

/**
 * Counts an attempt to use a consumer id without a token. Callers with a valid token are never counted, so that a
 * stranger behind the same address locks nobody out. @throws {RateLimited}
 */
export function countGuess({ limiters }: Pick<Chat, "limiters">, address: string): void {
  const wait = limiters.guesses.take(address);
  if (wait > 0) throw new RateLimited(wait, "Too many refused tries from this address");
}
