import type { Phrase } from "./search_store.ts";
import { type PlacedWord, placedWords, wordsOf } from "./search_words.ts";

/** Where a phrase stands in a text: UTF-16 offsets, the end past it. */
export type Mark = [from: number, to: number];

/** A part of a text as a search shows it. */
export interface Excerpt {
  content: string;
  /** Where it begins in the whole text, and how long that is. UTF-16. */
  from: number;
  of: number;
  /** Where the phrases stand in the part, in its order. */
  marks: Mark[];
}

/** Phrases of one query, at most, words of each and of all: each is a look-up, and is sought in every text that may hold it. */
const maxPhrases = 8, maxWords = 8, maxWordsInAll = 24;
/** Characters shown before the first place that was found, of the text in all, and places shown. */
const lead = 40, excerptLength = 240, maxMarks = 20;

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
  let left = maxWordsInAll;
  return phrases.map(({ words }, i) => {
    const kept = words.slice(0, Math.min(maxWords, left));
    left -= kept.length;
    return { words: kept, isPrefix: isOpen[i]! && kept.length === words.length };
  }).filter(({ words }) => words.length > 0);
}

/** The part of a text around the first place of the phrases, cut at words; nothing unless it holds all of them. */
export function excerptOf(text: string, phrases: Phrase[]): Excerpt | undefined {
  const all = findPhrases(text, phrases);
  if (!all) return undefined;
  const first = all[0]![0];
  const from = text.length <= excerptLength || first <= lead ? 0 : nextBlank(text, first - lead);
  const content = text.slice(from, from + excerptLength).toWellFormed();
  // What was found may go on behind the part: its words can stand far from one another.
  const marks = all.map(([start, end]): Mark => [start - from, Math.min(end - from, content.length)])
    .filter(([start]) => start < content.length).slice(0, maxMarks);
  return { content, from, of: text.length, marks };
}

function nextBlank(text: string, at: number): number {
  const blank = text.slice(at, at + lead).search(/\s/);
  if (blank >= 0) return at + blank + 1;
  // Not between the halves of a character.
  return /[\udc00-\udfff]/.test(text[at]!) ? at + 1 : at;
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
