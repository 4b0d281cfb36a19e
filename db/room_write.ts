import type { Side } from "../protocol/records.ts";
import { newAttemptId } from "./attempt_id.ts";
import { type Answer, isAnswer, refusal } from "./append_condition.ts";
import { Blocked } from "./errors.ts";
import { nameOf } from "./room_key.ts";
import { appended, appendedBefore, appendedUnheard, nextMessage } from "./next_message.ts";
import type { StoredMessage } from "./stored_message.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "./store.ts";

/** A write to one room: a message for its end, or how far a side has read. */
export type RoomWrite = { draft: MessageDraft } | { mark: RoomKey & { side: Side; seq: number } };

export const draftOf = (write: RoomWrite): MessageDraft | undefined =>
  "draft" in write ? write.draft : undefined;
export const keyOf = (write: RoomWrite): RoomKey => "draft" in write ? write.draft : write.mark;

/** A write that is tried until it is answered. */
export interface Attempt {
  write: RoomWrite;
  /** Our own id for a message whose client gave none, to find it by if an answer was lost. */
  attempt: string | null;
  /** An answer was lost: it may be stored. */
  again: boolean;
}

/** An attempt that somebody waits for. */
export interface Waiting extends Attempt {
  /** `performance.now()` of the call. */
  since: number;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** A write that waits from now on, under an id of our own if its client gave none. */
export function waitingFor(write: RoomWrite, fate: Pick<Waiting, "resolve" | "reject">): Waiting {
  const isNameless = "draft" in write && write.draft.client_id === undefined;
  return {
    write,
    attempt: isNameless ? newAttemptId() : null,
    again: false,
    since: performance.now(),
    ...fate,
  };
}

/** The name of the room that it is for. */
export const roomOf = ({ write }: Attempt): string => nameOf(keyOf(write));

/** A write's answer, or why it is not to be stored. */
export type Outcome = { answer: Appended | number | undefined } | { error: unknown };

/** A room that nobody else changes at this moment, as a batch of writes has changed it so far. */
export interface OpenRoom {
  room: RoomRecord;
  /** The batch made it, and no message of it was answered yet. */
  isNew: boolean;
  isChanged: boolean;
  /** Its answers after the earliest seq that a condition of the batch names, if one does. */
  answers?: Answer[];
}

/** The earliest seq after which a condition of these writes asks for answers. */
export function answersAsked(writes: { write: RoomWrite }[]): number | undefined {
  let earliest: number | undefined;
  for (const { write } of writes) {
    const after = draftOf(write)?.onlyIf?.noOtherAfter;
    if (after !== undefined) earliest = Math.min(earliest ?? after, after);
  }
  return earliest;
}

/** Moves a side's mark; answers where it is, if it moved. One that is tried again may have moved it the first time. */
export function mark(
  open: OpenRoom,
  { side, seq }: { side: Side; seq: number },
  again: boolean,
): number | undefined {
  const reached = Math.min(seq, open.room.head);
  if (again && reached === open.room.read[side]) return reached || undefined;
  if (reached <= open.room.read[side]) return undefined;
  open.room = { ...open.room, read: { ...open.room.read, [side]: reached } };
  open.isChanged = true;
  return reached;
}

/**
 * Puts a draft at the room's end; answers the append, and the message to store unless the room knew it `before`.
 * @throws {Blocked | WrongStatus | Overtaken | TypeError} for a draft that is not to be stored; the room is as it was
 */
export function append(
  open: OpenRoom,
  draft: MessageDraft,
  { before, again }: { before: StoredMessage | undefined; again: boolean },
): { answer: Appended; stored?: StoredMessage } {
  // What an earlier call has sent is older than this one.
  if (before && again && before.created >= draft.at) return { answer: appendedUnheard(open.room, before) };
  if (open.room.blocked !== undefined && draft.side === "visitor") {
    throw new Blocked("This visitor is blocked");
  }
  if (before) return { answer: appendedBefore(open.room, before) };
  if (draft.onlyIf) {
    const refused = refusal(open.isNew ? undefined : open.room, draft, () => open.answers ?? []);
    if (refused) throw refused;
  }
  const { stored, room } = nextMessage(open.room, draft);
  const answer = appended(stored, { before: open.room, room, opened: open.isNew });
  Object.assign(open, { room, isNew: false, isChanged: true });
  if (open.answers && isAnswer(stored)) open.answers.push({ seq: stored.seq, by: stored.details?.by });
  return { answer, stored };
}
