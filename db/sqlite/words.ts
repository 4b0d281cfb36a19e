import type { MessageKind, RoomStatus, Side } from "../../protocol/records.ts";

// A word is stored as its position: new words are put at the end, and none ever moves.
export const sides: readonly Side[] = ["visitor", "admin"];
export const kinds: readonly MessageKind[] = ["text", "status"];
export const statuses: readonly RoomStatus[] = ["open", "resolved"];

/** @throws {TypeError} for a word that is not of the list */
export function codeOf<Word extends string>(words: readonly Word[], word: string): number {
  const code = words.indexOf(word as Word);
  if (code < 0) throw new TypeError(`Cannot store ${JSON.stringify(word)}: not one of ${words.join(", ")}`);
  return code;
}
