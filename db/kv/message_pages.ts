import type { Message, MessageKind } from "../../protocol/records.ts";
import { readSoon } from "../byte_budget.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { RoomRecord, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { findRoom } from "./rooms.ts";

/** Pages of a room's messages, limited by count and bytes. */
export function messagePages(engine: Engine): Pick<Store, "messagesAfter" | "messagesBefore"> {
  return {
    async messagesAfter(key, after, limit, bytes) {
      const room = await findRoom(engine, key);
      if (!room || after >= room.head) return [];
      return await readSoon<Message>({ limit, bytes }, async (count, last) => {
        const page = { from: Math.max(0, last?.seq ?? after) + 1, to: room.head + 1, limit: count };
        return toMessages(room, await stored(engine, room, page));
      });
    },
    async messagesBefore(key, before = Infinity, limit, kind, bytes) {
      const room = await findRoom(engine, key);
      return room ? await newestMessages(engine, room, { before, limit, kind, bytes }) : [];
    },
  };
}

interface Newest {
  before?: number;
  limit: number;
  kind?: MessageKind;
  bytes?: number;
  /** Number of messages in the first read. */
  first?: number;
}

/** A room's newest messages before a seq, oldest first. Messages newer than `room.head` are excluded. */
export async function newestMessages(
  engine: Engine,
  room: RoomRecord,
  { before = Infinity, kind, ...asked }: Newest,
): Promise<Message[]> {
  const end = Math.min(before, room.head + 1);
  const page = await readSoon<Message>(
    asked,
    async (count, last) =>
      toMessages(room, await storedBefore(engine, room, { before: last?.seq ?? end, count, kind })),
  );
  return page.reverse();
}

/** Up to `count` messages before a seq, newest first; only those of `kind` if given. */
async function storedBefore(
  engine: Engine,
  room: RoomRecord,
  { before, count, kind }: { before: number; count: number; kind?: MessageKind },
): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  let to = before;
  while (found.length < count && to > 1) {
    const page = await stored(engine, room, { from: 1, to, limit: count, reverse: true });
    found.push(...page.filter((message) => !kind || message.kind === kind));
    if (page.length < count) break;
    to = page.at(-1)!.seq;
  }
  return found.slice(0, count);
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
