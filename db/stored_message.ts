import { roomName } from "../protocol/room_name.ts";
import type { Message, MessageKind, Side } from "../protocol/records.ts";
import type { RoomKey } from "./room.ts";

/** A message without the fields that its room determines. */
export interface StoredMessage {
  seq: number;
  side: Side;
  kind: MessageKind;
  /** Milliseconds since 1970. */
  created: number;
  content: string;
  client_id?: string | null;
  details?: MessageDetails | null;
}

/** Optional fields of a message besides its text. Stored as one value, since most messages have none. */
export type MessageDetails = Pick<Message, "by" | "extra" | "reply" | "edit" | "edited" | "deleted">;

let isoMs = NaN, iso = "";

/**
 * Wire format of a time. The last result is cached: formatting is slow, and messages of one batch mostly
 * share their time.
 */
function isoTime(ms: number): string {
  if (ms !== isoMs) [isoMs, iso] = [ms, new Date(ms).toISOString()];
  return iso;
}

/** Wire format of a message. */
export function wireMessage(room: RoomKey & { id: string }, stored: StoredMessage): Message {
  const message: Message = {
    author: stored.side === "admin" ? room.admin : room.consumer,
    side: stored.side,
    content: stored.content,
    room: roomName(room.admin, room.consumer),
    created: isoTime(stored.created),
    id: `${room.id}.${stored.seq}`,
    seq: stored.seq,
    kind: stored.kind,
  };
  if (stored.client_id != null) message.client_id = stored.client_id;
  if (stored.details != null) Object.assign(message, stored.details);
  return message;
}
