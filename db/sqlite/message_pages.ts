import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/records.ts";
import type { Store } from "../store.ts";
import { type MessageRow, selectMessages, toMessage } from "./message_row.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { reading } from "./trouble.ts";
import { codeOf, kinds } from "./words.ts";

/** The newest `limit` messages of a room, oldest first. */
export type Newest = (room: RoomRow, limit: number) => Message[];

export function newestMessages(db: DatabaseSync): Newest {
  const newest = selectMessages(db, "WHERE room = ? ORDER BY seq DESC LIMIT ?");
  return (room, limit) => messagesOf(room, newest(room.key, limit)).reverse();
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
    messagesAfter: (key, seq, limit) =>
      reading(() => {
        const room = memory.get(key);
        return room ? messagesOf(room, after(room.key, seq, limit)) : [];
      }),
    messagesBefore: (key, seq = Number.MAX_SAFE_INTEGER, limit, kind) =>
      reading(() => {
        const room = memory.get(key);
        if (!room) return [];
        const rows = kind
          ? beforeOfKind[codeOf(kinds, kind)]!(room.key, seq, limit)
          : before(room.key, seq, limit);
        return messagesOf(room, rows).reverse();
      }),
  };
}

function messagesOf(room: RoomRow, rows: MessageRow[]): Message[] {
  return rows.map((row) => toMessage(room, row));
}
