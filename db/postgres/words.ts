import type { Phrase } from "../search_phrases.ts";
import { wordsOf } from "../search_words.ts";

/** Largest position in a tsvector. */
const maxPlace = 16_383;

/**
 * A message's words as `tsvector`. Each word is prefixed with the admin's name, so that a query reads only
 * that admin's part of the index. Words contain only letters, digits and marks, so quoting them is
 * sufficient.
 */
export function wordsColumn({ admin, content }: { admin: string; content: string }): string {
  return wordsOf(content).map((word, i) => `'${admin}/${word}':${Math.min(i + 1, maxPlace)}`).join(" ");
}

/** Converts phrases to a `tsquery`. */
export function wordsQuery(admin: string, phrases: Phrase[]): string {
  return phrases.map(({ words, isPrefix }) => {
    const terms = words.map((word, i) =>
      `'${admin}/${word}'${isPrefix && i === words.length - 1 ? ":*" : ""}`
    );
    return `(${terms.join(" <-> ")})`;
  }).join(" & ");
}
