import type { Subscriber } from "../../db/bus.ts";
import type { RoomKey } from "../../db/store.ts";
import type { ChatEvent } from "../../chat/audience.ts";
import { RoomMap } from "../../db/room_key.ts";
import type { Listeners } from "../channels/listeners.ts";

type Look = Parameters<Subscriber["swept"]>[0];

/**
 * Events that the sockets of swept rooms may have missed: the room is gone or another one has its name, the visitor is
 * blocked, or the room now requires an identity token. Left out is a socket that was opened, or whose room
 * was created, since the sweep began: its read may be older.
 */
export function* eventsOf(listeners: Listeners, { asked, found, began }: Look): Generator<ChatEvent> {
  const rooms = new RoomMap<Look["found"][number]>();
  for (const room of found) rooms.set(room, room);
  for (const key of asked.rooms) {
    const sockets = [...listeners.inRoom(key)].filter(({ roomSince }) => roomSince < began);
    const room = rooms.get(key);
    if (room) sockets.forEach((one) => one.learnRoom(room.id));
    const visitors = sockets.flatMap(({ who }) => who.kind === "visitor" ? [who] : []);
    if (sockets.some((one) => one.room !== room?.id)) yield of("visitor_forgotten", key);
    else if (room?.isBlocked && visitors.length > 0) yield of("visitor_blocked", key);
    else if (room?.isVerified && visitors.some(({ vouched }) => !vouched)) yield of("visitor_vouched", key);
  }
}

const of = (
  type: "visitor_forgotten" | "visitor_blocked" | "visitor_vouched",
  { admin, consumer }: RoomKey,
): ChatEvent => ({ type, key: { admin, consumer } });
