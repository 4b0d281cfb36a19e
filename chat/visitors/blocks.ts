import type { BlockedVisitor } from "../../protocol/portal.ts";
import type { Room } from "../../protocol/records.ts";
import { maxPageBytes } from "../../protocol/limits.ts";
import { cutList } from "../../db/byte_budget.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, UnknownRoom } from "../errors.ts";
import { wireRoom } from "../rooms/wire_room.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";

/** Blocked visitors per page. */
const mostListed = 500;

/** Blocks a room's visitor: closes its sockets and refuses its messages. @throws {Forbidden | UnknownRoom} */
export async function blockVisitor(chat: Chat, who: Who, consumer: string): Promise<Room> {
  const key = ownRoom(who, consumer);
  const room = told(chat, consumer, await chat.store.blockVisitor(key, chat.now()));
  chat.audience.tell({ type: "visitor_blocked", key });
  await audit(chat, who, { act: "visitor_blocked", target: consumer });
  return room;
}

/** @throws {Forbidden | UnknownRoom} */
export async function unblockVisitor(chat: Chat, who: Who, consumer: string): Promise<Room> {
  const room = told(chat, consumer, await chat.store.unblockVisitor(ownRoom(who, consumer)));
  await audit(chat, who, { act: "visitor_unblocked", target: consumer });
  return room;
}

/** An admin's blocked visitors, newest first, as many as one answer holds. @throws {Forbidden} */
export async function blockedVisitors(
  chat: Chat,
  who: Who,
): Promise<{ blocked: BlockedVisitor[]; has_more: boolean }> {
  const rooms = await chat.store.blockedRooms(demand(who, "read"), mostListed + 1);
  const all = rooms.map((room) => ({
    room: wireRoom(chat.audience, room),
    blocked: new Date(room.blocked!).toISOString(),
  }));
  const blocked = cutList(all.slice(0, mostListed), maxPageBytes);
  return { blocked, has_more: blocked.length < all.length };
}

/** @throws {Forbidden} */
export async function refuseBlocked(chat: Chat, key: RoomKey): Promise<void> {
  if ((await chat.store.room(key))?.blocked !== undefined) throw new Forbidden("This visitor is blocked");
}

function ownRoom(who: Who, consumer: string): RoomKey {
  demand(who, "block");
  return roomOf(who, consumer);
}

function told(chat: Chat, consumer: string, room: RoomRecord | undefined): Room {
  if (!room) throw new UnknownRoom(consumer);
  chat.audience.tell({ type: "room_updated", room });
  return wireRoom(chat.audience, room);
}
