import type { Side } from "../protocol/records.ts";
import { newAttemptId } from "./attempt_id.ts";
import { type Answer, isAnswer, refusal } from "./append_condition.ts";
import { editable, editChanges, isEdit } from "./edits.ts";
import { Blocked } from "./errors.ts";
import { nameOf } from "./room_key.ts";
import { appended, appendedBefore, appendedUnheard, nextMessage } from "./next_message.ts";
import type { StoredMessage } from "./stored_message.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "./store.ts";

/** A write to one room: a new message, or a side's read mark. */
export type RoomWrite = { draft: MessageDraft } | { mark: RoomKey & { side: Side; seq: number } };

export const draftOf = (write: RoomWrite): MessageDraft | undefined =>
  "draft" in write ? write.draft : undefined;
export const keyOf = (write: RoomWrite): RoomKey => "draft" in write ? write.draft : write.mark;

/** A write that is retried until its outcome is known. */
export interface Attempt {
  write: RoomWrite;
  /** Server-assigned id of a message without a `client_id`; a retry finds the stored message by it. */
  attempt: string | null;
  /** A response was lost: the write may have been stored. */
  again: boolean;
}

/** An attempt whose caller waits for the result. */
export interface Waiting extends Attempt {
  /** `performance.now()` of the call. */
  since: number;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Creates a waiting write, with a server-assigned id if the client gave none. */
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

/** Name of the room that the write changes. */
export const roomOf = ({ write }: Attempt): string => nameOf(keyOf(write));

/** A write's result, or the error that rejects it. */
export type Outcome = { answer: Appended | number | undefined } | { error: unknown };

/** A room that is locked against other writers, as changed so far by a batch of writes. */
export interface OpenRoom {
  room: RoomRecord;
  /** The batch created it, and no result of this batch has reported that yet. */
  isNew: boolean;
  isChanged: boolean;
  /** Its answers after the earliest seq that a condition of the batch names, if there is one. */
  answers?: Answer[];
  /** Messages that edits of the batch may change, by seq, if the batch contains an edit. */
  editable?: Map<number, StoredMessage>;
}

/** The earliest seq after which a condition of these writes needs the room's answers. */
export function answersAsked(writes: { write: RoomWrite }[]): number | undefined {
  let earliest: number | undefined;
  for (const { write } of writes) {
    const after = draftOf(write)?.onlyIf?.noOtherAfter;
    if (after !== undefined) earliest = Math.min(earliest ?? after, after);
  }
  return earliest;
}

/** The seqs of the texts that edits of these writes change. */
export function editsAsked(writes: { write: RoomWrite }[]): number[] {
  return writes.flatMap(({ write }) => {
    const draft = draftOf(write);
    return draft && isEdit(draft) ? [draft.edit.seq] : [];
  });
}

/**
 * Moves a side's read mark; returns it if it moved. A retry returns it as well: the first attempt may have
 * moved it.
 */
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
 * Appends a draft to the room. Returns the result, and the message to store unless the room had it already
 * (`before`). `changed`: the earlier messages that it changes.
 * @throws {Blocked | WrongStatus | Overtaken | NotEditable | TypeError} if the draft is rejected; the room is unchanged
 */
export function append(
  open: OpenRoom,
  draft: MessageDraft,
  { before, again }: { before: StoredMessage | undefined; again: boolean },
): { answer: Appended; stored?: StoredMessage; changed?: StoredMessage[] } {
  // A message stored by an earlier call is older than this draft; any other was stored by a lost attempt of
  // this call.
  if (before && again && before.created >= draft.at) return { answer: appendedUnheard(open.room, before) };
  if (open.room.blocked !== undefined && draft.side === "visitor") {
    throw new Blocked("This visitor is blocked");
  }
  if (before) return { answer: appendedBefore(open.room, before) };
  if (draft.onlyIf) {
    const refused = refusal(open.isNew ? undefined : open.room, draft, () => open.answers ?? []);
    if (refused) throw refused;
  }
  const edited = isEdit(draft) ? editable(open.editable?.get(draft.edit.seq), draft) : undefined;
  const { stored, room } = nextMessage(open.room, draft);
  const answer = appended(stored, { before: open.room, room, opened: open.isNew });
  Object.assign(open, { room, isNew: false, isChanged: true });
  if (open.answers && isAnswer(stored)) open.answers.push({ seq: stored.seq, by: stored.details?.by });
  const changed = edited && editChanges(edited, stored, (seq) => open.editable?.get(seq));
  for (const message of [stored, ...changed ?? []]) open.editable?.set(message.seq, message);
  return { answer, stored, changed };
}
