import { RoomMap } from "../../db/room_key.ts";
import type { RoomKey } from "../../db/store.ts";
import { monotonicMs, type Rate } from "./bucket.ts";
import { type Limiter, openLimiter, scaled } from "./limiters.ts";
import type { Usage } from "./usage.ts";

/** Limits besides those of strangers: sessions, upgrades, visitors with a token, and accounts. */
export interface Quotas {
  /** Calls that open or renew visitors' sessions, by address. */
  sessions: Limiter;
  /** The same, by visitor. */
  visits: Limiter;
  /** Upgrades by address, however short the sockets live. */
  upgrades: Limiter;
  /** Messages of visitors with a token, by address. */
  knownMessages: Limiter;
  /** New rooms of visitors with a token, by address. */
  knownRooms: Limiter;
  /** Messages written by an account's admins. */
  accountMessages: Limiter;
  /** Rooms created by an account's admins. */
  accountRooms: Limiter;
  /** Rooms that an admin has answered: they are wanted. */
  answered: RecentRooms;
  /** Storage used by each account. */
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

/** Number of visitors who load pages continuously that reach the limit of their address. */
const visitorsAtOneAddress = 20;
/** Message limit of visitors with a token as a multiple of strangers': an office of 200 has one address. */
const knownMessagesTimes = 5;
/** Burst of new rooms as a multiple of strangers'. The long-term rate is the same. */
const knownRoomsTimes = 30;

/** `now`: monotonic milliseconds. */
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

/** Rooms of one generation. Beyond it the older generation is dropped, so memory stays bounded. */
const maxRooms = 50_000;

/** The most recently added rooms. */
export class RecentRooms {
  #young = new RoomMap<true>();
  #old = new RoomMap<true>();

  add(key: RoomKey): void {
    if (this.#young.size >= maxRooms) [this.#young, this.#old] = [new RoomMap(), this.#young];
    this.#young.set(key, true);
  }

  has(key: RoomKey): boolean {
    return this.#young.get(key) ?? this.#old.get(key) ?? false;
  }
}
