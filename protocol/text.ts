import { z } from "zod";

/**
 * Text that every store keeps unaltered: well-formed Unicode without NUL.
 * (SQLite cuts at a NUL, PostgreSQL refuses it, a lone surrogate turns into U+FFFD in UTF-8.)
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** White space of any script, and zero-width marks that keyboards and copied texts add. */
const blankEnds = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

/** Trims white space, visible or not. */
export const trimmed = (text: string): string => text.replace(blankEnds, "");

/**
 * A visible character: neither a blank, a control or a filler (Hangul, Braille, the null notehead), nor a mark that
 * only changes its neighbour (accents, joiners, selectors). Some format characters are visible: number signs of Arabic and Kaithi.
 */
const seen =
  /[^\s\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

/** Whether nothing of it is visible. */
export function isBlank(text: string): boolean {
  return !seen.test(text);
}

/** A storable text of `min` to `max` characters after trimming; one that is blank is empty. */
export function plainText(min: number, max: number) {
  return z.string().refine(isStorable, "text with NUL or a broken character")
    .overwrite((text) => isBlank(text) ? "" : text.trim())
    .min(min, min === 1 ? "may not be empty" : `at least ${min} characters`)
    .max(max, `at most ${max} characters`);
}
