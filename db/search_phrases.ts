import type { Phrase } from "./search_store.ts";
import { type PlacedWord, placedWords, wordsOf } from "./search_words.ts";

/** Where a phrase stands in a text: UTF-16 offsets, the end past it. */
export type Mark = [from: number, to: number];

/** Phrases of one query, at most: each of them is a look-up. */
const maxPhrases = 8;

/**
 * What a person asks for: each word, in any order; what stands in double quotes, just so. The last word, unless it is
 * quoted, may be the beginning of a longer one.
 */
export function parsePhrases(q: string): Phrase[] {
  const parts = [...q.matchAll(/"([^"]*)(?:"|$)|[^\s"]+/g)].slice(0, maxPhrases);
  const phrases = parts.map(({ 0: part, 1: quoted }) => ({
    words: wordsOf(part),
    isPrefix: quoted === undefined,
  }));
  const isOpen = phrases.map(({ isPrefix, words }, i) =>
    // The beginning of one character is too much of everything.
    isPrefix && i === parts.length - 1 && (words.at(-1)?.length ?? 0) > 1 && !/\s$/.test(q)
  );
  return phrases.map(({ words }, i) => ({ words, isPrefix: isOpen[i]! })).filter(({ words }) =>
    words.length > 0
  );
}

/** Where the phrases stand in a text, in its order; nothing unless it holds all of them. */
export function findPhrases(text: string, phrases: Phrase[]): Mark[] | undefined {
  const words = placedWords(text);
  const places = phrases.map((phrase) => placesOf(words, phrase));
  if (phrases.length === 0 || places.some((marks) => marks.length === 0)) return undefined;
  return places.flat().sort(([a], [b]) => a - b);
}

function placesOf(words: PlacedWord[], { words: wanted, isPrefix }: Phrase): Mark[] {
  const marks: Mark[] = [];
  for (let i = 0; i + wanted.length <= words.length; i++) {
    const stands = wanted.every((word, k) => {
      const found = words[i + k]!.word;
      return found === word || (isPrefix && k === wanted.length - 1 && found.startsWith(word));
    });
    if (stands) marks.push([words[i]!.from, words[i + wanted.length - 1]!.to]);
  }
  return marks;
}
