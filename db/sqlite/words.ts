import type { ListName } from "../desk.ts";
import type { MessageKind, RoomStatus, Side } from "../../protocol/records.ts";

// A word is stored as its index in the list: append new words at the end, never move any.
export const sides: readonly Side[] = ["visitor", "admin"];
export const kinds: readonly MessageKind[] = ["text", "status", "edit"];
export const statuses: readonly RoomStatus[] = ["open", "resolved", "bot", "waiting"];
/** Values of the column `list`: of a status, or of a snoozed room. */
export const lists: readonly ListName[] = [...statuses, "snoozed"];

/** Index of a word in its list. @throws {TypeError} if the list does not contain the word */
export function codeOf<Word extends string>(words: readonly Word[], word: string): number {
  const code = words.indexOf(word as Word);
  if (code < 0) throw new TypeError(`Cannot store ${JSON.stringify(word)}: not one of ${words.join(", ")}`);
  return code;
}
