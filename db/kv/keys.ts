import type { RoomRecord } from "../store.ts";

/** What stands under which key. Times are milliseconds since 1970. */
export const keys = {
  meta: ["meta"],
  touched: ["touched"],
  roomsOf: (admin: string) => ["room", admin],
  room: (admin: string, consumer: string) => ["room", admin, consumer],
  /** The lists of rooms: their values tell which room it is. */
  ofStatus: (admin: string, status: string) => ["rooms", admin, status],
  unread: (admin: string) => ["unread", admin],
  blocked: (admin: string) => ["blocked", admin],
  count: (admin: string, of: "open" | "resolved" | "unread") => ["count", admin, of],
  /** What follows is under the room's id, not its names: whoever comes back after being forgotten has another. */
  messages: (room: string) => ["message", room],
  message: (room: string, seq: number) => ["message", room, seq],
  /** What was sent to a room under a client's id, or under an id of our own. */
  sents: (room: string) => ["sent", room],
  sent: (room: string, clientId: string, side: string) => ["sent", room, clientId, side],
  /** As former versions kept it, whichever side it was. */
  sentByEither: (room: string, clientId: string) => ["sent", room, clientId],
  attempts: (room: string) => ["attempt", room],
  attempt: (room: string, attempt: string) => ["attempt", room, attempt],
  /** Rooms that are gone while what is under their id is being removed. */
  pendingDeletions: ["doomed"],
  pendingDeletion: (room: string) => ["doomed", room],
  /** Where a word stands, by the time of the commit. */
  wordsOf: (admin: string) => ["word", admin],
  wordAt: (admin: string, word: string) => ["word", admin, word],
  channel: (channel: number) => ["bell", channel],
  /** Notifications of a channel, by versionstamp of the commit. */
  notifications: (channel: number) => ["rung", channel],
} satisfies Record<string, Deno.KvKey | ((...parts: never[]) => Deno.KvKey)>;

/** A room's place in a list: by its last activity. */
export function place(list: Deno.KvKey, { active, id }: Pick<RoomRecord, "active" | "id">): Deno.KvKey {
  return [...list, active, id];
}
