import type { Message, MessageKind } from "../../protocol/records.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { RoomRecord, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { findRoom } from "./rooms.ts";

export function messagePages(engine: Engine): Pick<Store, "messagesAfter" | "messagesBefore"> {
  return {
    async messagesAfter(key, after, limit) {
      const room = await findRoom(engine, key);
      if (!room || after >= room.head) return [];
      const page = { from: Math.max(0, after) + 1, to: room.head + 1, limit };
      return toMessages(room, await stored(engine, room, page));
    },
    async messagesBefore(key, before = Infinity, limit, kind) {
      const room = await findRoom(engine, key);
      return room ? await newestMessages(engine, room, { before, limit, kind }) : [];
    },
  };
}

/** The newest messages of a room before a seq, oldest first; none that is newer than the room as given. */
export async function newestMessages(
  engine: Engine,
  room: RoomRecord,
  { before = Infinity, limit, kind }: { before?: number; limit: number; kind?: MessageKind },
): Promise<Message[]> {
  const found: StoredMessage[] = [];
  let to = Math.min(before, room.head + 1);
  while (found.length < limit && to > 1) {
    const page = await stored(engine, room, { from: 1, to, limit, reverse: true });
    found.push(...page.filter((message) => !kind || message.kind === kind));
    if (page.length < limit) break;
    to = page.at(-1)!.seq;
  }
  return toMessages(room, found.slice(0, limit)).reverse();
}

/** Messages with from <= seq < to. */
async function stored(
  engine: Engine,
  { id }: RoomRecord,
  { from, to, limit, reverse }: { from: number; to: number; limit: number; reverse?: boolean },
): Promise<StoredMessage[]> {
  const entries = await engine.list<StoredMessage>(
    { start: keys.message(id, from), end: keys.message(id, to) },
    { limit, reverse },
  );
  return entries.map(({ value }) => value);
}

function toMessages(room: RoomRecord, page: StoredMessage[]): Message[] {
  return page.map((message) => wireMessage(room, message));
}
