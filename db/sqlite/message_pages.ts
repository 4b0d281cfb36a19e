import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/records.ts";
import { readNow } from "../byte_budget.ts";
import type { Store } from "../store.ts";
import { type MessageRow, selectMessages, toMessage } from "./message_row.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { reading } from "./engine_errors.ts";
import { codeOf, kinds } from "./words.ts";

/** The newest `limit` messages of a room that take no more than `bytes`, oldest first. */
export type Newest = (room: RoomRow, limit: number, bytes?: number) => Message[];

/** Messages of a room in a list that are read at first: there may be a hundred rooms, and long ones in each. */
const firstOfMany = 4;

export function newestMessages(db: DatabaseSync): Newest {
  const newest = selectMessages(db, "WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?");
  return (room, limit, bytes) =>
    readNow<Message>(
      { limit, bytes, first: firstOfMany },
      (count, after) => messagesOf(room, newest(room.key, after?.seq ?? Number.MAX_SAFE_INTEGER, count)),
    ).reverse();
}

export function messagePages(
  db: DatabaseSync,
  memory: RoomMemory,
): Pick<Store, "messagesAfter" | "messagesBefore"> {
  const after = selectMessages(db, "WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?");
  const before = selectMessages(db, "WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?");
  // Written out, so that a kind with an index of its own is found by it.
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
