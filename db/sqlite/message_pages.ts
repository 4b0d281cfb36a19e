import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/records.ts";
import { readNow } from "../byte_budget.ts";
import type { Store } from "../store.ts";
import { type MessageRow, selectMessages, toMessage } from "./message_row.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { reading } from "./engine_errors.ts";
import { codeOf, kinds } from "./words.ts";

/** Returns a room's newest messages, oldest first: at most `limit`, and at most `bytes` bytes. */
export type Newest = (room: RoomRow, limit: number, bytes?: number) => Message[];

/** Messages first read of each room in a list, which may have a hundred rooms with long messages. */
const firstOfMany = 4;

/** Prepares the query of a room's newest messages. */
export function newestMessages(db: DatabaseSync): Newest {
  const newest = selectMessages(db, "WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?");
  return (room, limit, bytes) =>
    readNow<Message>(
      { limit, bytes, first: firstOfMany },
      (count, after) => messagesOf(room, newest(room.key, after?.seq ?? Number.MAX_SAFE_INTEGER, count)),
    ).reverse();
}

/** Pages of a room's messages, limited by count and bytes. */
export function messagePages(
  db: DatabaseSync,
  memory: RoomMemory,
): Pick<Store, "messagesAfter" | "messagesBefore"> {
  const after = selectMessages(db, "WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?");
  const before = selectMessages(db, "WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?");
  // The kind is a literal, not a parameter, so that SQLite can use the partial index of that kind.
  const beforeOfKind = kinds.map((_, code) =>
    selectMessages(db, `WHERE room = ? AND seq < ? AND kind = ${code} ORDER BY seq DESC LIMIT ?`)
  );

  return {
    messagesAfter: (key, seq, limit, bytes) =>
      reading(() => {
        const room = memory.get(key);
        if (!room) return [];
        return readNow<Message>(
          { limit, bytes },
          (count, last) => messagesOf(room, after(room.key, last?.seq ?? seq, count)),
        );
      }),
    messagesBefore: (key, seq = Number.MAX_SAFE_INTEGER, limit, kind, bytes) =>
      reading(() => {
        const room = memory.get(key);
        if (!room) return [];
        const read = kind ? beforeOfKind[codeOf(kinds, kind)]! : before;
        return readNow<Message>(
          { limit, bytes },
          (count, last) => messagesOf(room, read(room.key, last?.seq ?? seq, count)),
        ).reverse();
      }),
  };
}

function messagesOf(room: RoomRow, rows: MessageRow[]): Message[] {
  return rows.map((row) => toMessage(room, row));
}
