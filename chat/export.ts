import { maxMessagesPerPage, maxRoomsPerPage } from "../protocol/limits.ts";
import type { RoomRecord } from "../db/store.ts";
import type { Chat } from "./chat.ts";
import { wireRoom } from "./wire_room.ts";
import { adminOnly, type Who } from "./who.ts";

/**
 * Everything that an admin's rooms hold, as lines of JSON: a line for a room, `{"type":"room",…}`, then one for each of
 * its messages, `{"type":"message",…}`, oldest first. Read page by page, so that it never stands in memory whole.
 */
export async function* exportLines(chat: Chat, who: Who): AsyncGenerator<string> {
  const admin = adminOnly(who);
  const began = chat.now();
  const done = new Set<string>();
  const every = roomsOf(chat, admin);
  for await (const room of every) yield* linesOf(chat, room, done);
  // A room in which something happened meanwhile has moved ahead of where we were reading.
  for await (const room of roomsOf(chat, admin)) {
    if (room.active < began) return;
    yield* linesOf(chat, room, done);
  }
}

async function* roomsOf(chat: Chat, admin: string): AsyncGenerator<RoomRecord> {
  let cursor: string | undefined;
  do {
    const page = await chat.store.rooms(admin, {
      limit: maxRoomsPerPage,
      cursor,
      filter: "all",
      messages: 0,
    });
    for (const { room } of page.rooms) yield room;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function* linesOf(chat: Chat, room: RoomRecord, done: Set<string>): AsyncGenerator<string> {
  if (done.has(room.id)) return;
  done.add(room.id);
  const { messages: _, online: __, ...rest } = wireRoom(chat.audience, room);
  yield line({ type: "room", ...rest });
  for (let after = 0;;) {
    const page = await chat.store.messagesAfter(room, after, maxMessagesPerPage);
    if (page.length > 0) yield page.map((message) => line({ type: "message", ...message })).join("");
    if (page.length < maxMessagesPerPage) return;
    after = page.at(-1)!.seq;
  }
}

const line = (record: object) => `${JSON.stringify(record)}\n`;
