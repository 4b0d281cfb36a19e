import { shownReads } from "../../db/collections/shown_reads.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Commit } from "../../db/records.ts";
import type { Chat } from "../chat.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";
import { type ChangedRoom, changeRoom, type RoomChange } from "./change_room.ts";

/** Newest texts among which the visitor's last one is looked for. */
const mostTexts = 20;

/** Makes a room unread from the visitor's last text on. The visitor sees nothing of it. @throws {NotAllowed | InvalidInput | Unavailable} */
export async function markUnread(chat: Chat, who: Who, consumer: string): Promise<ChangedRoom> {
  demand(who, "write");
  return await changeRoom(chat, roomOf(who, consumer), who, (room) => unreadChange(chat, room));
}

/** The change that makes a room unread; undefined if it is, or is empty. */
export async function unreadChange(chat: Chat, room: RoomRecord): Promise<RoomChange | undefined> {
  const readAdmin = await beforeLastText(chat, room);
  if (readAdmin >= room.read.admin) return undefined;
  return { set: { readAdmin }, also: await keepShown(chat, room) };
}

/** The seq before the visitor's last text, or before the newest message. */
async function beforeLastText(chat: Chat, room: RoomRecord): Promise<number> {
  const texts = await chat.store.messagesBefore(room, undefined, mostTexts, "text");
  return (texts.findLast(({ side }) => side === "visitor")?.seq ?? room.head) - 1;
}

/** Keeps what the visitor has been told until now. */
async function keepShown(chat: Chat, { admin: workspace, consumer, read }: RoomRecord): Promise<Commit> {
  const name = { collection: shownReads.name, key: [workspace, consumer] };
  const known = await chat.store.records.get(name.collection, name.key);
  const seq = Math.max(read.admin, (known?.value as { seq: number } | undefined)?.seq ?? 0);
  return {
    check: [{ ...name, version: known?.version }],
    put: [{ ...name, value: { workspace, consumer, seq } }],
  };
}
