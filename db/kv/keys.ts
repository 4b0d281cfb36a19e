import type { RoomRecord } from "../store.ts";

/** What stands under which key. Times are milliseconds since 1970. */
export const keys = {
  meta: ["meta"],
  touched: ["touched"],
  kept: (name: string) => ["kept", name],
  account: (username: string) => ["account", username],
  session: (jti: string) => ["session", jti],
  sessionsOf: (username: string) => ["sessions", username],
  sessionOf: (username: string, jti: string) => ["sessions", username, jti],
  chatbot: (username: string) => ["chatbot", username],
  claim: (admin: string, consumer: string) => ["claim", admin, consumer],
  room: (admin: string, consumer: string) => ["room", admin, consumer],
  /** Messages are under the room's id, not its names. */
  message: (room: string, seq: number) => ["message", room, seq],
  /** What was sent to a room under a client's id, or under an id of our own. */
  sent: (room: string, clientId: string) => ["sent", room, clientId],
  attempt: (room: string, attempt: string) => ["attempt", room, attempt],
  /** The lists of rooms: their values tell which room it is. */
  ofStatus: (admin: string, status: string) => ["rooms", admin, status],
  unread: (admin: string) => ["unread", admin],
  bell: (bell: number) => ["bell", bell],
} satisfies Record<string, Deno.KvKey | ((...parts: never[]) => Deno.KvKey)>;

/** A room's place in a list: by its last activity. */
export function place(list: Deno.KvKey, { active, id }: Pick<RoomRecord, "active" | "id">): Deno.KvKey {
  return [...list, active, id];
}
