/** A word of a text, folded, and where it stands: UTF-16 offsets, the end past it. */
export interface PlacedWord {
  word: string;
  from: number;
  to: number;
}

/**
 * Scripts that put no blanks between words: each character is a word, and what is searched for is a phrase of them.
 * A pictogram is a word too. Elsewhere a word is a run of letters, digits and their marks.
 */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+|\p{Extended_Pictographic}/gv;

/** Longer words are kept, and sought, by their beginning. UTF-16 code units. */
const maxWordLength = 64;
/**
 * So long can its folded form be, which some signs grow to many times their length: a syllable of Hangul has three letters.
 * PostgreSQL and Deno KV take no word of more than some 2,000 bytes, so none of more than 576 is made.
 */
const maxFoldedLength = 192;

/** The words of a text in their order: without case, accents and pointing, the same for every engine. */
export function wordsOf(text: string): string[] {
  return Array.from(text.match(words) ?? [], fold);
}

/** One word after the other, as far as they are asked for: nobody reads the rest of a long text for nothing. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: word, index } of text.matchAll(words)) {
    yield { word: fold(word), from: index, to: index + word.length };
  }
}

const isAscii = /^[\x20-\x7f]*$/;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Signs of Indic scripts are letters, and stay. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

/** Apostrophes and their like, and hyphens, as keyboards and phones write them. */
const apostrophes = /[\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4\u0060\uff07]/g,
  hyphens = /[\u2010-\u2015\u2212]/g;

/** A text as it is compared with another one: folded as words are, with plain apostrophes, hyphens and single blanks. */
export function foldText(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  const plain = text.replace(apostrophes, "'").replace(hyphens, "-").replace(/\s+/gu, " ");
  return foldLetters(plain);
}

function foldLetters(text: string): string {
  // By way of upper case, so that ß meets ss and a final sigma meets any other.
  return text.normalize("NFKD").replace(accents, "").toUpperCase().toLowerCase();
}

/** Of scripts whose every character is a word there are a few thousand words, and folding one takes a microsecond or two. */
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
