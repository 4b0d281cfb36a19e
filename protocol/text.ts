import { z } from "zod";

/**
 * Text that every store keeps unaltered: well-formed Unicode without NUL.
 * (SQLite cuts at a NUL, PostgreSQL refuses it, a lone surrogate turns into U+FFFD in UTF-8.)
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Blanks of any script, and the marks without width that keyboards and copied texts bring along. */
const blankEnds = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

/** Without blanks at its ends, seen or not. */
export const trimmed = (text: string): string => text.replace(blankEnds, "");

/** A storable text of `min` to `max` characters after trimming. */
export function plainText(min: number, max: number) {
  return z.string().refine(isStorable, "text with NUL or a broken character").trim()
    .min(min, min === 1 ? "may not be empty" : `at least ${min} characters`)
    .max(max, `at most ${max} characters`);
}
