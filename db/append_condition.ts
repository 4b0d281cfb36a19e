import type { MessageBy } from "../protocol/records.ts";
import { Overtaken, WrongStatus } from "./errors.ts";
import type { RoomRecord } from "./room.ts";
import type { MessageDraft } from "./store.ts";

/** Messages that a condition looks back over, whoever wrote them. */
export const maxUnseen = 500;

/** A text of the admin's side, and who wrote it. */
export interface Answer {
  seq: number;
  by?: MessageBy | null;
}

/** Whether a message counts for `noOtherAfter`. */
export const isAnswer = ({ side, kind }: { side: string; kind: string }) =>
  side === "admin" && kind === "text";

/**
 * Why a draft is not to be appended to a room as it is now, or nothing. No room: it is not there, or not yet.
 * `answersAfter` tells the answers after a seq, in any order.
 */
export function refusal(
  room: RoomRecord | undefined,
  { by, onlyIf }: Pick<MessageDraft, "by" | "onlyIf">,
  answersAfter: (seq: number) => Answer[],
): WrongStatus | Overtaken | undefined {
  if (onlyIf?.status && !(room && onlyIf.status.includes(room.status))) return new WrongStatus(room?.status);
  const seen = onlyIf?.noOtherAfter;
  if (seen === undefined || room === undefined || seen >= room.head) return undefined;
  const writer = writerOf(by);
  const isOvertaken = room.head - seen > maxUnseen ||
    answersAfter(seen).some((answer) => answer.seq > seen && writerOf(answer.by) !== writer);
  return isOvertaken ? new Overtaken(room.head) : undefined;
}

/** Two texts are by one writer where this is the same; `null` is the admin itself. */
function writerOf(by: MessageBy | null | undefined): string | null {
  return by == null ? null : by === "bot" ? "the bot" : by.id;
}
