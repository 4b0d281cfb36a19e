import type { ListName } from "../desk.ts";
import type { RoomRecord } from "../store.ts";

/** Counters of an admin's rooms. */
export const counters = ["open", "resolved", "unread", "waiting", "bot", "snoozed", "unassigned"] as const;
export type Counter = typeof counters[number];

/** Key layout. Times are milliseconds since 1970. */
export const keys = {
  meta: ["meta"],
  touched: ["touched"],
  roomsOf: (admin: string) => ["room", admin],
  room: (admin: string, consumer: string) => ["room", admin, consumer],
  /** Lists of rooms; each value names the room. */
  byActivity: (admin: string, list: ListName) => ["rooms", admin, list],
  unread: (admin: string) => ["unread", admin],
  blocked: (admin: string) => ["blocked", admin],
  /** A list of a team's inbox, see `desk/places.ts`. */
  box: (admin: string, ...list: (string | number)[]) => ["box", admin, ...list],
  /** Rooms of all admins by the time at which they are due. */
  due: ["due"],
  count: (admin: string, of: Counter) => ["count", admin, of],
  loads: (admin: string) => ["load", admin],
  load: (admin: string, agent: string) => ["load", admin, agent],
  /** Present once the rooms of earlier versions are in the lists of the team's inbox. */
  hasBoxes: ["boxes"],
  /**
   * Entries below use the room's id, not its names: a visitor who returns after a deletion gets a room with a
   * new id.
   */
  messages: (room: string) => ["message", room],
  message: (room: string, seq: number) => ["message", room, seq],
  /** Sequence numbers of messages by client id, or by an attempt id that the server assigned. */
  sents: (room: string) => ["sent", room],
  sent: (room: string, clientId: string, side: string) => ["sent", room, clientId, side],
  /** Key layout of earlier versions, which did not separate the sides. */
  sentByEither: (room: string, clientId: string) => ["sent", room, clientId],
  attempts: (room: string) => ["attempt", room],
  attempt: (room: string, attempt: string) => ["attempt", room, attempt],
  /** Deleted rooms whose entries still have to be deleted. */
  merges: ["merge"],
  /** A merge under way, by the id of the room that is moved. */
  merge: (room: string) => ["merge", room],
  pendingDeletions: ["doomed"],
  pendingDeletion: (room: string) => ["doomed", room],
  /** Positions of a word, by the versionstamp of the commit. */
  wordsOf: (admin: string) => ["word", admin],
  wordAt: (admin: string, word: string) => ["word", admin, word],
  channel: (channel: number) => ["bell", channel],
  /** Notifications of a channel, by the versionstamp of the commit. */
  notifications: (channel: number) => ["rung", channel],
} satisfies Record<string, Deno.KvKey | ((...parts: never[]) => Deno.KvKey)>;

/** Key of a room in a list, ordered by its last activity. */
export function place(list: Deno.KvKey, { active, id }: Pick<RoomRecord, "active" | "id">): Deno.KvKey {
  return [...list, active, id];
}
