import { ByRoom } from "../../db/by_room.ts";
import type { RoomKey } from "../../db/store.ts";
import { monotonicMs, type Rate } from "./bucket.ts";
import { type Limiter, openLimiter, scaled } from "./limiters.ts";
import type { Usage } from "./usage.ts";

/** What is counted besides what strangers do: sessions, sockets opened, visitors who show a token, and accounts. */
export interface Quotas {
  /** Calls that open or renew visitors' sessions, by address. */
  sessions: Limiter;
  /** The same by visitor. */
  visits: Limiter;
  /** Sockets opened, however short they stay, by address. */
  upgrades: Limiter;
  /** Messages of visitors who show a token, by address. */
  knownMessages: Limiter;
  /** New rooms of visitors who show a token, by address. */
  knownRooms: Limiter;
  /** Messages that an account's admins write. */
  accountMessages: Limiter;
  /** Rooms that an account's admins make. */
  accountRooms: Limiter;
  /** Rooms that an admin has answered: somebody wants what is written there. */
  answered: RecentRooms;
  /** What each account has stored. */
  usage?: Usage;
}

export interface QuotaRates {
  sessions?: Rate;
  upgrades?: Rate;
  messagesPerAddress?: Rate;
  roomsPerAddress?: Rate;
  messagesPerAccount?: Rate;
  roomsPerAccount?: Rate;
}

/** How many visitors who load pages all the time fill the allowance of their address. */
const visitorsAtOneAddress = 20;
/** How many times what strangers may write those may who show a token: an office of 200 has one address. */
const knownMessagesTimes = 5;
/** How many times as many rooms they may make at once. In the long run it is as many. */
const knownRoomsTimes = 30;

/** `now` in milliseconds, never going back. */
export function openQuotas(rates: QuotaRates, now = monotonicMs): Quotas {
  const rooms = rates.roomsPerAddress ?? "off";
  return {
    sessions: openLimiter(rates.sessions, now),
    visits: openLimiter(scaled(rates.sessions, 1 / visitorsAtOneAddress), now),
    upgrades: openLimiter(rates.upgrades, now),
    knownMessages: openLimiter(scaled(rates.messagesPerAddress, knownMessagesTimes), now),
    knownRooms: openLimiter(
      rooms === "off"
        ? rooms
        : { count: rooms.count * knownRoomsTimes, seconds: rooms.seconds * knownRoomsTimes },
      now,
    ),
    accountMessages: openLimiter(rates.messagesPerAccount, now),
    accountRooms: openLimiter(rates.roomsPerAccount, now),
    answered: new RecentRooms(),
  };
}

/** Rooms of one generation. Past it the older one is forgotten: memory stays bounded. */
const maxRooms = 50_000;

/** The rooms that were added last. */
export class RecentRooms {
  #young = new ByRoom<true>();
  #old = new ByRoom<true>();

  add(key: RoomKey): void {
    if (this.#young.size >= maxRooms) [this.#young, this.#old] = [new ByRoom(), this.#young];
    this.#young.set(key, true);
  }

  has(key: RoomKey): boolean {
    return this.#young.get(key) ?? this.#old.get(key) ?? false;
  }
}
