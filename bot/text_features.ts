/** The n-grams of a text as 32-bit hashes, with repetitions: words, word pairs, parts of words. */
export interface TextFeatures {
  hashes: Int32Array;
  /** Number of leading hashes that are of single words. */
  words: number;
  /** Number of leading hashes that are of words and pairs. */
  wordsAndPairs: number;
}

/** Minimum and maximum length of a part of a word. Code points. */
const shortestPart = 2;
const longestPart = 5;

/** Removed: "what's" and "whats" are one word, and direction marks are invisible to the author. */
const silent = /['’ʼ`\p{Cf}]/gu;
const betweenWords = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu;
/** Scripts without spaces between words: each of their characters counts as a word. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const space = 0x20;
const seed = 0x811c9dc5;

/**
 * Marks that writers of the same word set or leave out: accents of Latin letters, vowel signs and the
 * lengthening stroke of Arabic, the dot below of Devanagari.
 */
const optionalMarks =
  /(?<=\p{sc=Latin}\p{M}*)\p{M}|[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u093c]/gu;
/** Characters that stand for each other in informal writing. */
const interchangeable: Record<string, string> = {
  ...{ "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي" },
  ...{ "ँ": "ं", "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i" },
};
const variants = new RegExp(`[${Object.keys(interchangeable).join("")}]`, "gu");
/** Decimal digits of the scripts whose readers also use 0 to 9. */
const digits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/gu;
const nonAscii = /[^\0-\x7f]/;

/** Normalizes a text for comparison: one Unicode form, one case, usual spelling variants, single spaces. */
export function normalized(text: string, maxLength: number): string {
  // Truncated twice: NFKC expands one character to up to 18.
  const plain = text.slice(0, maxLength).normalize("NFKC").slice(0, maxLength).toLowerCase();
  return unified(plain).replace(silent, "").replace(betweenWords, " ").trim();
}

/** One spelling for those that differ in accents, vowel signs or digits. */
function unified(plain: string): string {
  if (!nonAscii.test(plain)) return plain;
  return plain
    .replace(variants, (character) => interchangeable[character]!)
    .normalize("NFD").replace(optionalMarks, "").normalize("NFC")
    // Persian digits (0x6f0) begin a multiple of 16 after the Arabic ones.
    .replace(digits, (digit) => String((digit.charCodeAt(0) - (digit < "०" ? 0x660 : 0x966)) % 16));
}

/** `plain`: a result of `normalized`. */
export function textFeatures(
  plain: string,
  shortest = shortestPart,
  longest = longestPart,
): TextFeatures {
  const points = Uint32Array.from(plain ? ` ${plain} ` : "", (character) => character.codePointAt(0)!);
  const words = wordHashes(points, unspaced.test(plain));
  const pairs = words.slice(1).map((word, at) => mixed(Math.imul(words[at]!, 31) ^ word, 2));
  const hashes = [...words, ...pairs];
  addPartHashes(points, hashes, shortest, longest);
  return {
    hashes: Int32Array.from(hashes),
    words: words.length,
    wordsAndPairs: words.length + pairs.length,
  };
}

function wordHashes(points: Uint32Array, hasUnspaced: boolean): number[] {
  const hashes: number[] = [];
  let hash = seed;
  const endWord = () => {
    if (hash !== seed) hashes.push(mixed(hash, 1));
    hash = seed;
  };
  for (const point of points) {
    const isWhole = hasUnspaced && unspaced.test(String.fromCodePoint(point));
    if (isWhole || point === space) endWord();
    if (point !== space) hash = withPoint(hash, point);
    if (isWhole) endWord();
  }
  return hashes;
}

/**
 * Hashes of n-grams, with the spaces around each word, so that prefixes and suffixes are distinct features.
 */
function addPartHashes(points: Uint32Array, hashes: number[], shortest: number, longest: number): void {
  for (let from = 0; from < points.length; from++) {
    let hash = seed;
    const end = Math.min(points.length, from + longest);
    for (let at = from; at < end; at++) {
      hash = withPoint(hash, points[at]!);
      if (at - from + 1 >= shortest) hashes.push(mixed(hash, 3));
      if (at > from && points[at] === space) break;
    }
  }
}

/** One step of FNV-1a. */
const withPoint = (hash: number, point: number) => Math.imul(hash ^ point, 0x01000193);

/** The finalizer of MurmurHash3. The kind separates a word from an equal part of a word. */
function mixed(hash: number, kind: number): number {
  const first = Math.imul(hash ^ (hash >>> 16) ^ Math.imul(kind, 0x9e3779b1), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
