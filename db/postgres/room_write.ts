import { appended, appendedBefore, nextMessage } from "../next_message.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { MessageDraft, RoomKey, RoomRecord } from "../store.ts";
import type { Side } from "../../protocol/records.ts";

/** A write to one room: a message for its end, or how far a side has read. */
export type RoomWrite = { draft: MessageDraft } | { mark: RoomKey & { side: Side; seq: number } };

export const draftOf = (write: RoomWrite): MessageDraft | undefined =>
  "draft" in write ? write.draft : undefined;
export const keyOf = (write: RoomWrite): RoomKey => "draft" in write ? write.draft : write.mark;

/** A message as its row in `messages`. `attempt` is our own id for it, where the client gave none. */
export interface MessageRow extends StoredMessage {
  room: number;
  attempt: string | null;
}

/** A room whose lock is held, as the transaction has changed it so far. */
export interface OpenRoom {
  key: number;
  room: RoomRecord;
  /** The transaction made it, and no message of it was answered yet. */
  isNew: boolean;
  isChanged: boolean;
}

/** Answers the mark, if it moved. */
export function mark(open: OpenRoom, { side, seq }: { side: Side; seq: number }): number | undefined {
  const reached = Math.min(seq, open.room.head);
  if (reached <= open.room.read[side]) return undefined;
  Object.assign(open, {
    room: { ...open.room, read: { ...open.room.read, [side]: reached } },
    isChanged: true,
  });
  return reached;
}

/** Answers the append, and the row to write unless the message was there before. */
export function append(
  open: OpenRoom,
  draft: MessageDraft,
  { attempt, before }: { attempt: string | null; before: MessageRow | undefined },
) {
  if (before) return { answer: appendedBefore(open.room, before) };
  const { stored, room } = nextMessage(open.room, draft);
  const answer = appended(stored, { before: open.room, room, opened: open.isNew });
  Object.assign(open, { room, isNew: false, isChanged: true });
  return { answer, row: { ...stored, room: open.key, attempt } };
}
