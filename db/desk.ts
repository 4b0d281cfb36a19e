import { maxLabelsOfRoom } from "../protocol/limits.ts";
import type { MessageKind, RoomStatus } from "../protocol/records.ts";
import type { DeskChange, DeskExpect, DeskPatch } from "./desk_store.ts";
import { checkCommit, type CheckedCommit, type Commit, recordLimits } from "./records.ts";
import type { DeskFields, RoomRecord } from "./room.ts";
import type { MessageDraft } from "./store.ts";

type Stated = Pick<RoomRecord, "status" | "snoozedUntil">;

/** Whether a room is in the open lists. */
export const isOpen = ({ status, snoozedUntil }: Stated): boolean =>
  (status === "open" || status === "waiting") && snoozedUntil === undefined;

/** Whether a room is in the box `waiting`. */
export const isWaiting = (room: Stated & Pick<RoomRecord, "waitingSince">): boolean =>
  room.waitingSince !== undefined && isOpen(room);

/** Lists by activity: each room is in exactly one. */
export const listNames = ["open", "resolved", "bot", "waiting", "snoozed"] as const;
export type ListName = typeof listNames[number];
/** Lists of the filter `open`. */
export const openLists: readonly ListName[] = ["open", "waiting"];

export const listOf = ({ status, snoozedUntil }: Stated): ListName =>
  status !== "resolved" && snoozedUntil !== undefined ? "snoozed" : status;

/** Whether a text is a person's of the team. */
const isAnswer = ({ side, kind, by }: Written) => kind === "text" && side === "admin" && by !== "bot";

type Written = Pick<MessageDraft, "side" | "by" | "toBot"> & { kind: MessageKind };

/** Whether a visitor asks something. */
const isAsked = ({ side, kind }: Written) => side === "visitor" && kind === "text";

/** The status after a message that does not name one. */
export function statusAfterText({ status, head }: RoomRecord, draft: Written): RoomStatus {
  if (isAnswer(draft)) return status === "resolved" ? status : "open";
  if (!isAsked(draft)) return status;
  const isBegun = status === "resolved" || head === 0 && status === "open";
  return isBegun ? draft.toBot ? "bot" : "open" : status;
}

/** Time after which any process looks after a text that the bot has not answered. Milliseconds. */
export const botLateMs = 10_000;

/** Updates the team's view of a room for a message: `room` is a copy that has the status after it. */
export function followMessage(room: RoomRecord, draft: Written, before: Before): void {
  const since = waitingSinceAfter(room, draft, before);
  if (since !== room.waitingSince) setField(room, "waitingSince", since);
  const isAwake = room.status === "resolved" || isAsked(draft);
  if (isAwake && room.snoozedUntil !== undefined) delete room.snoozedUntil;
  if (room.status !== "bot") {
    if (room.botDueAt !== undefined) delete room.botDueAt;
  } else if (isAsked(draft) || draft.kind === "status") {
    room.botDueAt = before.at + botLateMs;
  }
}

/** The status before a message, and the time of the message. */
interface Before {
  status: RoomStatus;
  at: number;
}

function waitingSinceAfter(
  { status, waitingSince }: RoomRecord,
  draft: Written,
  before: Before,
): number | undefined {
  if (status === "resolved" || status === "bot" || isAnswer(draft)) return undefined;
  const isHandedOver = draft.kind === "status" && (status === "waiting" || before.status === "bot");
  if (isHandedOver && draft.by === "bot") return before.at;
  return isHandedOver || isAsked(draft) ? waitingSince ?? before.at : waitingSince;
}

/** Whether a room has the values that a change requires. */
export function holds(room: RoomRecord, { status, labels, ...fields }: DeskExpect): boolean {
  if (status && !status.includes(room.status)) return false;
  if (labels !== undefined && String(labels ?? []) !== String(room.labels ?? [])) return false;
  return Object.entries(fields).every(([field, value]) =>
    value === undefined || (room[field as keyof typeof fields] ?? null) === value
  );
}

/** The room after a change. `at`: time of labelling of new labels. @throws {RangeError} for too many labels */
export function deskAfter(
  room: RoomRecord,
  { labels, readAdmin, ...set }: DeskPatch,
  at: number,
): RoomRecord {
  const after = { ...room };
  for (const [field, value] of Object.entries(set)) {
    if (value !== undefined) setField(after, field as keyof DeskFields, value ?? undefined);
  }
  if (labels !== undefined) setLabels(after, labels ?? [], at);
  if (readAdmin !== undefined) after.read = { ...room.read, admin: Math.min(readAdmin, room.head) };
  return after;
}

function setLabels(room: RoomRecord, labels: string[], at: number): void {
  if (labels.length > maxLabelsOfRoom) {
    throw new RangeError(`A room has at most ${maxLabelsOfRoom} labels, not ${labels.length}`);
  }
  const known = new Map((room.labels ?? []).map((label, i) => [label, room.labelledAt![i]!]));
  const kept = [...known].filter(([label]) => labels.includes(label));
  const added = [...new Set(labels)].filter((label) => !known.has(label)).map((label) =>
    [label, at] as const
  );
  const all = [...kept, ...added];
  setField(room, "labels", all.length ? all.map(([label]) => label) : undefined);
  setField(room, "labelledAt", all.length ? all.map(([, at]) => at) : undefined);
}

function setField<F extends keyof RoomRecord>(room: RoomRecord, field: F, value: RoomRecord[F] | undefined) {
  if (value === undefined) delete room[field];
  else room[field] = value;
}

/** An engine may need checks of its own, of the room and of an agent's load, in the same commit. */
const ownChecks = 2;

/** @throws {RangeError} for records that an engine cannot store together with a room */
export function checkDeskCommit(commit: Commit = {}): CheckedCommit {
  const checked = checkCommit(commit), most = recordLimits.checks - ownChecks;
  if (checked.check.length > most) throw new RangeError(`At most ${most} checks together with a room`);
  return checked;
}

/** A change with what it needs besides the room. @throws {RangeError} */
export function checkChange({ expect = {}, set, commit, at = Date.now() }: DeskChange) {
  return { expect, set, commit: checkDeskCommit(commit), at };
}
