import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { roomName } from "../../protocol/names.ts";
import type { Message } from "../../protocol/records.ts";
import type { RoomKey } from "../store.ts";
import { kinds, sides } from "./words.ts";

export interface MessageRow {
  seq: number;
  side: number;
  kind: number;
  created: number;
  content: string;
  client_id: string | null;
}

const columns = "seq, side, kind, created, content, client_id";
type Columns = [number, number, number, number, string, string | null];

/**
 * A query of messages; `rest` begins with WHERE.
 * The page crosses from the engine as one JSON text: a thousand rows cost the runtime a third of what a thousand objects do.
 */
export function selectMessages(db: DatabaseSync, rest: string): (...values: SQLInputValue[]) => MessageRow[] {
  const query = db.prepare(`SELECT json_group_array(json_array(${columns})) AS page
    FROM (SELECT ${columns} FROM messages ${rest})`);
  return (...values) => (JSON.parse(query.get(...values)!.page as string) as Columns[]).map(toRow);
}

function toRow([seq, side, kind, created, content, client_id]: Columns): MessageRow {
  return { seq, side, kind, created, content, client_id };
}

/** The message as it stands on the wire. */
export function toMessage(room: RoomKey & { id: string }, row: MessageRow): Message {
  const message: Message = {
    author: sides[row.side] === "admin" ? room.admin : room.consumer,
    content: row.content,
    room: roomName(room.admin, room.consumer),
    created: new Date(row.created).toISOString(),
    id: `${room.id}.${row.seq}`,
    seq: row.seq,
    kind: kinds[row.kind]!,
  };
  if (row.client_id !== null) message.client_id = row.client_id;
  return message;
}
