import { maxExtraBytes, roomStatuses } from "../protocol/limits.ts";
import type { AgentRef, MessageExtra, ReadMarks, RoomStatus } from "../protocol/records.ts";
import { jsonBytes } from "./byte_budget.ts";
import { followMessage, statusAfterText } from "./desk.ts";
import type { Appended, MessageDraft, RoomRecord } from "./store.ts";
import { type MessageDetails, type StoredMessage, wireMessage } from "./stored_message.ts";

/** Computes the next message of a room from a draft, and the room after it. */
export function nextMessage(before: RoomRecord, draft: MessageDraft): {
  stored: StoredMessage;
  room: RoomRecord;
} {
  const seq = before.head + 1;
  const stored: StoredMessage = {
    seq,
    side: draft.side,
    kind: draft.kind,
    // A clock that was set back must not date a message before its predecessor.
    created: draft.copied ? draft.at : Math.max(draft.at, before.active),
    content: draft.content,
  };
  if (draft.client_id !== undefined) stored.client_id = draft.client_id;
  const details = detailsOf(draft);
  if (details) stored.details = details;
  const active = Math.max(stored.created, before.active);
  const room: RoomRecord = { ...before, head: seq, active, read: readAfter(before, draft) };
  const status = statusAfter(before, draft);
  if (status !== before.status) {
    const statusBy = draft[draft.side === "admin" ? "admin" : "consumer"];
    Object.assign(room, { status, statusBy, statusAt: stored.created });
  }
  if (draft.copied?.room) Object.assign(room, draft.copied.room);
  followMessage(room, draft, { status: before.status, at: stored.created });
  return { stored, room };
}

/** Whether a draft moves read marks in a way that the message alone does not tell. */
export const isMarkUncertain = ({ kind, copied }: Pick<MessageDraft, "kind" | "copied">): boolean =>
  kind === "edit" || copied !== undefined;

/** Nobody has read a conversation that the bot hands over. */
const isOfBotAlone = ({ kind, by }: Pick<MessageDraft, "kind" | "by">) => kind === "status" && by === "bot";

/**
 * The read marks after a draft: its author has read it. An edit, and a status that the bot sets, is nothing new for
 * who had read everything.
 */
function readAfter({ head, read: { admin, visitor } }: RoomRecord, draft: MessageDraft): ReadMarks {
  const seq = head + 1;
  if (draft.copied) return { admin, visitor };
  if (draft.kind !== "edit" && !isOfBotAlone(draft)) {
    return draft.side === "admin" ? { admin: seq, visitor } : { admin, visitor: seq };
  }
  return { admin: admin === head ? seq : admin, visitor: visitor === head ? seq : visitor };
}

/**
 * Details of a draft besides its text. Of an agent only the fields of `AgentRef` are stored: a caller may
 * hold private ones.
 */
function detailsOf({ by, extra, reply, edit, copied }: MessageDraft): MessageDetails | undefined {
  const isPlain = by === undefined && extra === undefined && reply === undefined && edit === undefined;
  if (isPlain && copied?.edited === undefined) return undefined;
  const details: MessageDetails = {};
  if (by !== undefined) details.by = by === "bot" ? by : publicAgent(by);
  if (extra !== undefined) details.extra = withinLimit(extra);
  if (reply !== undefined) details.reply = { seq: reply.seq, button: reply.button };
  if (edit !== undefined) details.edit = { seq: edit.seq, ...(edit.deleted && { deleted: true }) };
  if (copied?.edited !== undefined) details.edited = copied.edited;
  if (copied?.deleted) details.deleted = true;
  return details;
}

/** @throws {RangeError} if a message's `extra` exceeds the limit */
function withinLimit(extra: MessageExtra): MessageExtra {
  const bytes = jsonBytes(extra);
  if (bytes <= maxExtraBytes) return extra;
  throw new RangeError(`Cannot store ${bytes} bytes beside a text: at most ${maxExtraBytes}`);
}

function publicAgent({ id, name, avatar_url }: AgentRef): AgentRef {
  return { id, ...(name !== undefined && { name }), ...(avatar_url !== undefined && { avatar_url }) };
}

/** Result of an append that stored a message. */
export function appended(
  stored: StoredMessage,
  { before, room, opened }: { before: RoomRecord; room: RoomRecord; opened: boolean },
): Appended {
  const statusChanged = room.status !== before.status;
  return { message: wireMessage(room, stored), fresh: true, room, opened, statusChanged };
}

/** Result of an append whose `client_id` the room already has. */
export function appendedBefore(now: RoomRecord, stored: StoredMessage): Appended {
  const room = { ...now, read: { ...now.read } };
  return { message: wireMessage(room, stored), fresh: false, room, opened: false, statusChanged: false };
}

/** Result of an append that was stored earlier, but whose first response was lost. */
export function appendedUnheard(now: RoomRecord, stored: StoredMessage): Appended {
  return {
    ...appendedBefore(now, stored),
    fresh: true,
    opened: stored.seq === 1 && now.created === stored.created,
    statusChanged: now.statusAt === stored.created,
  };
}

/** @throws {TypeError} for an invalid status */
function statusAfter(room: RoomRecord, draft: MessageDraft): RoomStatus {
  if (draft.kind !== "status") return statusAfterText(room, draft);
  const known = roomStatuses.find((status) => status === draft.content);
  if (known) return known;
  throw new TypeError(`Cannot store the status ${JSON.stringify(draft.content.slice(0, 40))}: it is none`);
}
