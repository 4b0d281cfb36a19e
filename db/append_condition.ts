import type { MessageBy } from "../protocol/records.ts";
import { Overtaken, WrongStatus } from "./errors.ts";
import type { RoomRecord } from "./room.ts";
import type { MessageDraft } from "./store.ts";

/** Maximum number of messages, of either side, that a condition examines. */
export const maxUnseen = 500;

/** A text written on the admin's side, and its author. */
export interface Answer {
  seq: number;
  by?: MessageBy | null;
}

/** Whether a message counts for `noOtherAfter`. */
export const isAnswer = ({ side, kind }: { side: string; kind: string }) =>
  side === "admin" && kind === "text";

/**
 * The error for a draft whose conditions do not hold for the room, or undefined. `room` is undefined if it
 * does not exist yet.
 * `answersAfter` returns the answers after a seq, in any order.
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

/** Key of a text's author, for comparison; `null` is the admin account itself. */
export function writerOf(by: MessageBy | null | undefined): string | null {
  return by == null ? null : by === "bot" ? "the bot" : by.id;
}
