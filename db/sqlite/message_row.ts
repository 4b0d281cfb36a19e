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

export const messageColumns = "seq, side, kind, created, content, client_id";

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
