import { maxPageBytes, maxRoomMessagesBytes, messagesPerRoom, roomsPerPage } from "../../protocol/limits.ts";
import type { Room } from "../../protocol/records.ts";
import { cutList } from "../../db/byte_budget.ts";
import { type MentionedRoom, mentionedRooms, mentionedRoomsOf } from "../../db/collections/notices.ts";
import type { Chat } from "../chat.ts";
import { demand } from "../permissions.ts";
import { wireRoom } from "../rooms/wire_room.ts";
import type { AdminWho } from "../who.ts";

export interface MentionedRoomsRequest {
  limit?: number;
  /** From an earlier page; an invalid one is ignored. */
  cursor?: string;
}

/** A page of the rooms in which notes mention the acting member, the latest mention first. @throws {NotAllowed} */
export async function mentionedRoomsPage(chat: Chat, who: AdminWho, asked: MentionedRoomsRequest) {
  const reader = { workspace: demand(who, "read"), agent: who.agent.id };
  const limit = asked.limit ?? roomsPerPage;
  const after = cursorOf({ ...reader, ...positionOf(asked.cursor) });
  const found = await mentionedRoomsOf(chat.store, reader, { after, limit: limit + 1 });
  const all = await Promise.all(found.slice(0, limit).map((one) => seen(chat, one)));
  const page = cutList(all, maxPageBytes);
  const last = page.length < found.length ? found[page.length - 1] : undefined;
  return {
    rooms: page.filter((room) => room !== null),
    cursor: last && `${last.at}.${last.consumer}`,
    has_more: last !== undefined,
  };
}

/** null: the room is gone. */
async function seen(chat: Chat, { workspace: admin, consumer }: MentionedRoom): Promise<Room | null> {
  const key = { admin, consumer };
  const room = await chat.store.room(key);
  if (!room) return null;
  const messages = await chat.store.messagesBefore(
    ...[key, undefined, messagesPerRoom, undefined, maxRoomMessagesBytes] as const,
  );
  return wireRoom(chat.audience, room, messages);
}

function positionOf(cursor = ""): { at?: number; consumer?: string } {
  const [, at, consumer] = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(cursor) ?? [];
  return at === undefined ? {} : { at: Number(at), consumer };
}

function cursorOf({ workspace, agent, at, consumer }: Partial<MentionedRoom>) {
  if (at === undefined) return undefined;
  const [, entry] = mentionedRooms.recordsOf({ workspace, agent, at, consumer } as MentionedRoom);
  return entry!.key;
}
