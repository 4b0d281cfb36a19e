import type { Message, Room } from "../../protocol/records.ts";
import { dueOf } from "../../db/missed.ts";
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
    ...deskOf(room),
  };
}

function deskOf({ assignee, team, labels, snoozedUntil, waitingSince, dueAt }: RoomRecord): Partial<Room> {
  const desk: Partial<Room> = {};
  if (assignee !== undefined) desk.assignee = assignee;
  if (team !== undefined) desk.team = team;
  if (labels?.length) desk.labels = [...labels];
  if (snoozedUntil !== undefined) desk.snoozed_until = iso(snoozedUntil);
  if (waitingSince !== undefined) desk.waiting_since = iso(waitingSince);
  if (dueAt !== undefined) desk.due_at = iso(dueOf(dueAt));
  return desk;
}
