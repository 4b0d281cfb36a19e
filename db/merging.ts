import { maxLabelsOfRoom } from "../protocol/limits.ts";
import type { CheckedCommit } from "./records.ts";
import type { RoomKey, RoomRecord } from "./room.ts";
import type { MessageDetails, StoredMessage } from "./stored_message.ts";

/** Verbs for rooms of one visitor under two consumer ids. */
export interface MergeStore {
  /**
   * Moves the messages of a room to the end of another one of the same workspace, in one step for every reader:
   * with their times, authors and client ids, and new seqs. The other room is created if necessary. From then on the
   * former consumer id leads to the other room: nothing can be written under it (`Moved`).
   * Of messages of both rooms with the same client id on the same side, the moved one loses it.
   * Merges what is known of the visitor. Repeating it changes nothing. Undefined if there is nothing to move and
   * nothing was moved before.
   * @throws {Blocked} if either visitor is blocked @throws {Unavailable} call again
   */
  mergeRooms(from: RoomKey, into: string, at: number): Promise<Merged | undefined>;
  /** The consumer id that this one leads to; itself, unless its room was merged into another one. */
  consumerNow(key: RoomKey): Promise<string>;
}

export interface Merged {
  /** The room that contains the messages of both. */
  room: RoomRecord;
  /** False: they were merged before. */
  isFresh: boolean;
  /** What was added to the seqs of the moved messages; unknown of merges by earlier versions. */
  base?: number;
}

/** Where the messages of a room are now. */
export interface MovedTo {
  consumer: string;
  /** What was added to their seqs, if that is known. */
  base?: number;
  /** Of the room. */
  head: number;
}

/** A merge as the engines carry it out. */
export interface RoomMerge {
  from: RoomKey;
  into: RoomKey;
  /** The alias, and the checks that neither id is one yet. `base`: what is added to the seqs of the moved messages. */
  records(base: number): CheckedCommit;
}

/** `conflict`: a check of the records failed. `missing`: there is no room to move. */
export type MergeOutcome = { room: RoomRecord; base: number } | "conflict" | "missing";

/** An engine's merge of rooms, in one transaction with records. */
export interface RoomMerger {
  /** @throws {Blocked | Unavailable} */
  mergeRoom(merge: RoomMerge): Promise<MergeOutcome>;
}

/** A message as it is in its new room, behind `base` messages. */
export function movedMessage(stored: StoredMessage, base: number): StoredMessage {
  const { seq, details } = stored;
  return { ...stored, seq: seq + base, ...(details && { details: movedDetails(details, base) }) };
}

/** Details with the seqs of the new room. */
export function movedDetails(
  { edit, edited, reply, extra, ...rest }: MessageDetails,
  base: number,
): MessageDetails {
  return {
    ...rest,
    ...(edit && { edit: { ...edit, seq: edit.seq + base } }),
    ...(edited !== undefined && { edited: edited + base }),
    ...(reply && { reply: { ...reply, seq: reply.seq + base } }),
    ...(extra && { extra }),
  };
}

/** From what needs a person most to what needs nobody. */
const ranks: RoomRecord["status"][] = ["open", "waiting", "bot", "resolved"];

/**
 * A room after the messages of `from` were moved to its end. What was unread stays unread; it is as urgent as the
 * more urgent of the two, and keeps its own team, else gets the other's.
 */
export function mergedRoom(from: RoomRecord, into: RoomRecord): RoomRecord {
  const readOf = (side: "admin" | "visitor") =>
    into.read[side] < into.head ? into.read[side] : into.head + from.read[side];
  const [first] = [into, from].sort((a, b) => ranks.indexOf(a.status) - ranks.indexOf(b.status));
  const { status, statusBy, statusAt } = first!;
  const room: RoomRecord = {
    ...into,
    status,
    created: Math.min(into.created, from.created),
    active: Math.max(into.active, from.active),
    head: into.head + from.head,
    read: { admin: readOf("admin"), visitor: readOf("visitor") },
  };
  const isSnoozed = into.snoozedUntil !== undefined && from.snoozedUntil !== undefined;
  return defined({
    ...room,
    ...{ statusBy, statusAt },
    assignee: into.assignee ?? from.assignee,
    team: into.team ?? from.team,
    snoozedUntil: isSnoozed ? Math.min(into.snoozedUntil!, from.snoozedUntil!) : undefined,
    waitingSince: status === "resolved" || status === "bot"
      ? undefined
      : least(into.waitingSince, from.waitingSince),
    dueAt: least(into.dueAt, from.dueAt),
    botDueAt: status === "bot" ? least(into.botDueAt, from.botDueAt) : undefined,
    ...labelsOf(from, into),
  });
}

function labelsOf(from: RoomRecord, into: RoomRecord): Pick<RoomRecord, "labels" | "labelledAt"> {
  const times = new Map<string, number>();
  for (const { labels = [], labelledAt = [] } of [into, from]) {
    labels.forEach((label, i) => times.has(label) || times.set(label, labelledAt[i] ?? 0));
  }
  const pairs = [...times].slice(0, maxLabelsOfRoom);
  if (pairs.length === 0) return { labels: undefined, labelledAt: undefined };
  return { labels: pairs.map(([label]) => label), labelledAt: pairs.map(([, at]) => at) };
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function defined(room: RoomRecord): RoomRecord {
  return Object.fromEntries(
    Object.entries(room).filter(([, value]) => value !== undefined),
  ) as unknown as RoomRecord;
}
