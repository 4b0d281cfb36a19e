import type { DatabaseSync } from "node:sqlite";
import type { Message } from "../../protocol/records.ts";
import type { Store } from "../store.ts";
import { messageColumns, type MessageRow, toMessage } from "./message_row.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { reading } from "./trouble.ts";
import { codeOf, kinds } from "./words.ts";

/** The newest `limit` messages of a room, oldest first. */
export type Newest = (room: RoomRow, limit: number) => Message[];

export function newestMessages(db: DatabaseSync): Newest {
  const newest = db.prepare(
    `SELECT ${messageColumns} FROM messages WHERE room = ? ORDER BY seq DESC LIMIT ?`,
  );
  return (room, limit) => messagesOf(room, newest.all(room.key, limit)).reverse();
}

export function messagePages(
  db: DatabaseSync,
  memory: RoomMemory,
): Pick<Store, "messagesAfter" | "messagesBefore"> {
  const after = db.prepare(
    `SELECT ${messageColumns} FROM messages WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const before = db.prepare(
    `SELECT ${messageColumns} FROM messages WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
  );
  const beforeOfKind = db.prepare(
    `SELECT ${messageColumns} FROM messages WHERE room = ? AND seq < ? AND kind = ? ORDER BY seq DESC LIMIT ?`,
  );

  return {
    messagesAfter: (key, seq, limit) =>
      reading(() => {
        const room = memory.get(key);
        return room ? messagesOf(room, after.all(room.key, seq, limit)) : [];
      }),
    messagesBefore: (key, seq = Number.MAX_SAFE_INTEGER, limit, kind) =>
      reading(() => {
        const room = memory.get(key);
        if (!room) return [];
        const rows = kind
          ? beforeOfKind.all(room.key, seq, codeOf(kinds, kind), limit)
          : before.all(room.key, seq, limit);
        return messagesOf(room, rows).reverse();
      }),
  };
}

function messagesOf(room: RoomRow, rows: unknown[]): Message[] {
  return (rows as MessageRow[]).map((row) => toMessage(room, row));
}
