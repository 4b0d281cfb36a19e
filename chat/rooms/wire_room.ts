import type { Message, Room } from "../../protocol/records.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Audience } from "../audience.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/** A room as the admin's clients see it. */
export function wireRoom(
  audience: Pick<Audience, "isVisitorOnline">,
  room: RoomRecord,
  messages: Message[] = [],
): Room {
  return {
    consumer: room.consumer,
    messages,
    status: room.status,
    ...(room.statusBy === undefined ? {} : { status_by: room.statusBy }),
    ...(room.statusAt === undefined ? {} : { status_at: iso(room.statusAt) }),
    created: iso(room.created),
    active: iso(room.active),
    seq: room.head,
    unread: room.head - room.read.admin,
    read: room.read,
    online: audience.isVisitorOnline(room),
    ...(room.visitor ? { visitor: room.visitor } : {}),
    ...(room.blocked === undefined ? {} : { blocked: true }),
  };
}
