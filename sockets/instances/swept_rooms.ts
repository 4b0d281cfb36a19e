import type { Subscriber } from "../../db/bus.ts";
import type { RoomKey } from "../../db/store.ts";
import type { ChatEvent } from "../../chat/audience.ts";
import { ByRoom } from "../../db/by_room.ts";
import type { Listeners } from "../channels/listeners.ts";

type Look = Parameters<Subscriber["swept"]>[0];

/**
 * What a look at rooms tells that their sockets may not have been told: they are gone, or another one has their names,
 * or their visitors are blocked or need to be vouched for. A socket that was opened, or whose room
 * was made, since the look began is left out: the look may have read before that.
 */
export function* eventsOf(listeners: Listeners, { asked, found, began }: Look): Generator<ChatEvent> {
  const rooms = new ByRoom<Look["found"][number]>();
  for (const room of found) rooms.set(room, room);
  for (const key of asked.rooms) {
    const sockets = [...listeners.inRoom(key)].filter(({ roomSince }) => roomSince < began);
    const room = rooms.get(key);
    for (const one of room ? sockets : []) one.learnRoom(room!.id);
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
