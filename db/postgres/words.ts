import type { Phrase } from "../search_phrases.ts";
import { wordsOf } from "../search_words.ts";

/** The highest place that a word can have. */
const maxPlace = 16_383;

/**
 * A text's words as `tsvector`. The admin's name stands before each, so that one admin's words are a part of the index
 * to themselves. Folded words hold letters, digits and marks alone: none needs more than its quotes.
 */
export function wordsColumn({ admin, content }: { admin: string; content: string }): string {
  return wordsOf(content).map((word, i) => `'${admin}/${word}':${Math.min(i + 1, maxPlace)}`).join(" ");
}

/** Phrases as `tsquery`. */
export function wordsQuery(admin: string, phrases: Phrase[]): string {
  return phrases.map(({ words, isPrefix }) => {
    const terms = words.map((word, i) =>
      `'${admin}/${word}'${isPrefix && i === words.length - 1 ? ":*" : ""}`
    );
    return `(${terms.join(" <-> ")})`;
  }).join(" & ");
}
