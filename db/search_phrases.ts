import { type PlacedWord, placedWords, wordsOf } from "./search_words.ts";

/** Words that follow one another in a text. */
export interface Phrase {
  /** Folded as `wordsOf` does. */
  words: string[];
  /** The last word may be the beginning of a longer one. */
  isPrefix: boolean;
}

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
  const all = findPhrases(text, phrases, excerptLength);
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

/**
 * Where the phrases stand in a text, in its order; nothing unless it holds all of them. `within`: those alone that begin
 * less than so many characters behind the first; the text is read no further than it takes to know them.
 */
export function findPhrases(text: string, phrases: Phrase[], within = Infinity): Mark[] | undefined {
  if (phrases.length === 0) return undefined;
  const places = phrases.map((): Mark[] => []), last: PlacedWord[] = [];
  let first = Infinity;
  for (const word of placedWords(text)) {
    if (last.length === maxWords) last.shift();
    last.push(word);
    for (let i = 0; i < phrases.length; i++) {
      const from = beginOf(phrases[i]!, last);
      if (from === undefined) continue;
      first = Math.min(first, from);
      if (from < first + within || places[i]!.length === 0) places[i]!.push([from, word.to]);
    }
    // What ends later begins later than the words that are kept.
    if (last[0]!.from >= first + within && places.every((marks) => marks.length > 0)) break;
  }
  if (places.some((marks) => marks.length === 0)) return undefined;
  return places.flat().sort(([a], [b]) => a - b);
}

/** Where a phrase begins that ends with the last of these words. */
function beginOf({ words, isPrefix }: Phrase, last: PlacedWord[]): number | undefined {
  const offset = last.length - words.length;
  if (offset < 0) return undefined;
  for (let i = words.length - 1; i >= 0; i--) {
    const found = last[offset + i]!.word, wanted = words[i]!;
    const isOpen = isPrefix && i === words.length - 1;
    if (found !== wanted && !(isOpen && found.startsWith(wanted))) return undefined;
  }
  return last[offset]!.from;
}
