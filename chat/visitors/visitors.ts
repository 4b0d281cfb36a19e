import type { RoomAndVisitor, VisitorFacts } from "../../protocol/portal.ts";
import { profileOf } from "../../db/collections/visitors.ts";
import type { RoomRecord } from "../../db/store.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { UnknownRoom } from "../errors.ts";
import { contactSeen } from "./contact.ts";
import { wireRoom } from "../rooms/wire_room.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/** Status changes that are read to count conversations. */
const mostStatuses = 200;

/** A room with its visitor's facts. @throws {Forbidden | UnknownRoom} */
export async function roomAndVisitor(chat: Chat, who: Who, consumer: string): Promise<RoomAndVisitor> {
  const room = await existingRoom(chat, who, consumer);
  const { name, email, verified, contact, firstSeen, lastSeen, ...facts } = await chat.store.visitor(room) ??
    {};
  const said = profileOf({ name, email, verified });
  const visitor: VisitorFacts = {
    ...facts,
    ...(said && { said }),
    ...(contact && { contact: contactSeen(contact) }),
    first_seen: iso(Math.min(firstSeen ?? room.created, room.created)),
    last_seen: iso(lastSeen ?? room.active),
    conversations: await conversations(chat, room),
  };
  return { room: wireRoom(chat.audience, room), visitor };
}

async function conversations(chat: Chat, room: RoomRecord): Promise<number> {
  const statuses = await chat.store.messagesBefore(room, undefined, mostStatuses, "status");
  const resolved = statuses.filter(({ content }) => content === "resolved").length;
  return resolved + (room.status === "resolved" ? 0 : 1);
}

/**
 * Deletes a visitor with all messages, and closes its sockets. Nothing of it can be found afterwards.
 * @throws {Forbidden | UnknownRoom | Unavailable}
 */
export async function forgetVisitor(chat: Chat, who: Who, consumer: string): Promise<void> {
  demand(who, "erase");
  const asked = roomOf(who, consumer), key = { ...asked, consumer: await chat.store.consumerNow(asked) };
  const found = await chat.store.forgetVisitor(key).catch(async (error) => {
    // An unanswered deletion may have happened: nobody may continue in a room that is gone.
    const isGone = await chat.store.room(key).then((room) => !room, () => false);
    if (isGone) chat.audience.tell({ type: "visitor_forgotten", key });
    throw error;
  });
  // Also when nothing is left: an earlier call that got no answer may have notified nobody.
  chat.audience.tell({ type: "visitor_forgotten", key });
  if (!found) throw new UnknownRoom(consumer);
  // Without its id: nothing of the visitor is kept.
  await audit(chat, who, { act: "visitor_erased" });
}

/** @throws {Forbidden | NotAllowed | UnknownRoom} */
export async function existingRoom(chat: Chat, who: Who, consumer: string): Promise<RoomRecord> {
  demand(who, "read");
  const key = roomOf(who, consumer);
  const room = await chat.store.room(key) ??
    await chat.store.room({ ...key, consumer: await chat.store.consumerNow(key) });
  if (!room) throw new UnknownRoom(consumer);
  return room;
}
