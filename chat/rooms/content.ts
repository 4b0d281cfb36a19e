import { maxContentLength } from "../../protocol/limits.ts";
import { isBlank, isStorable } from "../../protocol/text.ts";
import { InvalidInput, TooLong } from "../errors.ts";

/** Characters around the trimmed text that are stored as sent. */
const maxPadding = 4_000;

/**
 * Content is kept exactly as sent or refused, never altered. Characters are code points.
 * @throws {InvalidInput} if it is blank or cannot be stored unaltered
 * @throws {TooLong}
 */
export function checkContent(content: string): void {
  if (!isStorable(content)) throw new InvalidInput({ content: "holds NUL or a broken character" });
  if (isBlank(content)) throw new InvalidInput({ content: "may not be empty" });
  const trimmed = content.trim();
  const tooLong = content.length - trimmed.length > maxPadding || isLonger(trimmed, maxContentLength);
  if (tooLong) throw new TooLong(`content: at most ${maxContentLength.toLocaleString("en")} characters`);
}

function isLonger(text: string, max: number): boolean {
  if (text.length <= max) return false;
  if (text.length > 2 * max) return true;
  let count = 0;
  for (const _ of text) if (++count > max) return true;
  return false;
}
