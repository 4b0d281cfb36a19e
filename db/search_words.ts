/** A folded word of a text with its position: UTF-16 offsets, the end exclusive. */
export interface PlacedWord {
  word: string;
  from: number;
  to: number;
}

/**
 * In scripts without spaces between words each character is a word, and a search term is a phrase of them. A
 * pictogram is also a word. Elsewhere a word is a run of letters, digits and their combining marks.
 */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+|\p{Extended_Pictographic}/gv;

/** Longer words are stored and searched by their first characters. UTF-16 code units. */
const maxWordLength = 64;
/**
 * Maximum length of a folded word, since folding multiplies the length of some characters: a Hangul syllable
 * has three letters. PostgreSQL and Deno KV accept no word above about 2,000 bytes; this limit keeps words
 * within 576 bytes.
 */
const maxFoldedLength = 192;

/** The words of a text in order, without case, accents and vowel points; the same for every engine. */
export function wordsOf(text: string): string[] {
  return Array.from(text.match(words) ?? [], fold);
}

/** Yields words lazily, so that a caller that stops early does not scan the rest of a long text. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: word, index } of text.matchAll(words)) {
    yield { word: fold(word), from: index, to: index + word.length };
  }
}

const isAscii = /^[\x20-\x7f]*$/;
/**
 * Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Combining signs of Indic scripts are
 * letters and are kept.
 */
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

/** Variants of apostrophe and hyphen that keyboards and phones produce. */
const apostrophes = /[\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4\u0060\uff07]/g,
  hyphens = /[\u2010-\u2015\u2212]/g;

/** Folds a text for comparison: as words, with plain apostrophes and hyphens, and single spaces. */
export function foldText(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  const plain = text.replace(apostrophes, "'").replace(hyphens, "-").replace(/\s+/gu, " ");
  return foldLetters(plain);
}

function foldLetters(text: string): string {
  // Upper case first, so that ß matches ss and a final sigma matches other sigmas.
  return text.normalize("NFKD").replace(accents, "").toUpperCase().toLowerCase();
}

/**
 * Cache: scripts in which each character is a word have a few thousand words, and folding one takes 1 to 2
 * µs.
 */
const foldedSigns = new Map<string, string>();
const mostFoldedSigns = 10_000;

function fold(word: string): string {
  if (word.length > 1 || isAscii.test(word)) return foldWord(word);
  let folded = foldedSigns.get(word);
  if (folded === undefined) {
    if (foldedSigns.size >= mostFoldedSigns) foldedSigns.clear();
    foldedSigns.set(word, folded = foldWord(word));
  }
  return folded;
}

function foldWord(word: string): string {
  const cut = word.length > maxWordLength ? word.slice(0, maxWordLength).toWellFormed() : word;
  if (isAscii.test(cut)) return cut.toLowerCase();
  const folded = foldLetters(cut);
  return folded.length > maxFoldedLength ? folded.slice(0, maxFoldedLength).toWellFormed() : folded;
}
