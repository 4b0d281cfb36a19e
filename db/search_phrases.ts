import { type PlacedWord, placedWords, wordsOf } from "./search_words.ts";

/** Consecutive words of a text. */
export interface Phrase {
  /** Folded as by `wordsOf`. */
  words: string[];
  /** The last word may be a prefix of a longer one. */
  isPrefix: boolean;
}

/** Position of a phrase in a text: UTF-16 offsets, the end exclusive. */
export type Mark = [from: number, to: number];

/** The part of a text that a search result shows. */
export interface Excerpt {
  content: string;
  /** Start offset in the whole text, and the text's length. UTF-16. */
  from: number;
  of: number;
  /** Positions of the phrases within the part, ascending. */
  marks: Mark[];
}

/**
 * Maximum phrases per query, words per phrase, and words per query: each costs a lookup, and is matched
 * against every candidate text.
 */
const maxPhrases = 8, maxWords = 8, maxWordsInAll = 24;
/** Characters shown before the first match, maximum length of the excerpt, and maximum marks. */
const lead = 40, excerptLength = 240, maxMarks = 20;

/**
 * Parses a query: words match in any order, a double-quoted text as a phrase. The last word, unless quoted,
 * matches as a prefix.
 */
export function parsePhrases(q: string): Phrase[] {
  const parts = [...q.matchAll(/"([^"]*)(?:"|$)|[^\s"]+/g)].slice(0, maxPhrases);
  const phrases = parts.map(({ 0: part, 1: quoted }) => ({
    words: wordsOf(part),
    isPrefix: quoted === undefined,
  }));
  const isOpen = phrases.map(({ isPrefix, words }, i) =>
    // A one-character prefix would match too many words.
    isPrefix && i === parts.length - 1 && (words.at(-1)?.length ?? 0) > 1 && !/\s$/.test(q)
  );
  let left = maxWordsInAll;
  return phrases.map(({ words }, i) => {
    const kept = words.slice(0, Math.min(maxWords, left));
    left -= kept.length;
    return { words: kept, isPrefix: isOpen[i]! && kept.length === words.length };
  }).filter(({ words }) => words.length > 0);
}

/**
 * The part of a text around the first match, cut at word boundaries; undefined unless the text contains all
 * phrases.
 */
export function excerptOf(text: string, phrases: Phrase[]): Excerpt | undefined {
  const all = findPhrases(text, phrases, excerptLength);
  if (!all) return undefined;
  const first = all[0]![0];
  const from = text.length <= excerptLength || first <= lead ? 0 : nextBlank(text, first - lead);
  const content = text.slice(from, from + excerptLength).toWellFormed();
  // A match may extend beyond the part: its words may be far apart.
  const marks = all.map(([start, end]): Mark => [start - from, Math.min(end - from, content.length)])
    .filter(([start]) => start < content.length).slice(0, maxMarks);
  return { content, from, of: text.length, marks };
}

function nextBlank(text: string, at: number): number {
  const blank = text.slice(at, at + lead).search(/\s/);
  if (blank >= 0) return at + blank + 1;
  // Do not split a surrogate pair.
  return /[\udc00-\udfff]/.test(text[at]!) ? at + 1 : at;
}

/**
 * Positions of the phrases in a text, ascending; undefined unless it contains all of them. `within`: only
 * positions that begin less than so many characters after the first; the text is scanned no further than they
 * need.
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
    // Any later match begins after the words that are kept.
    if (last[0]!.from >= first + within && places.every((marks) => marks.length > 0)) break;
  }
  if (places.some((marks) => marks.length === 0)) return undefined;
  return places.flat().sort(([a], [b]) => a - b);
}

/** Start offset of a phrase that ends with the last of these words. */
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
