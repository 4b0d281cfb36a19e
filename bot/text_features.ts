/** The n-grams of one text as 32-bit hashes, each as often as it occurs: words, pairs of words, parts of words. */
export interface TextFeatures {
  hashes: Int32Array;
  /** So many of the first hashes are of single words. */
  words: number;
  /** So many of the first hashes are of words and of pairs. */
  wordsAndPairs: number;
}

/** Shortest and longest part of a word, in code points. */
const shortestPart = 2;
const longestPart = 5;

/** Left out: "what's" and "whats" are one word, and direction marks are not seen by who writes. */
const silent = /['’ʼ`\p{Cf}]/gu;
const betweenWords = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu;
/** Scripts without spaces between words: each of their characters counts as a word. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const space = 0x20;
const seed = 0x811c9dc5;

/** The text as it is compared: one Unicode form, one case, one space between words. */
export function normalized(text: string, maxLength: number): string {
  // Cut twice: NFKC makes up to 18 characters of one.
  const plain = text.slice(0, maxLength).normalize("NFKC").slice(0, maxLength);
  return plain.toLowerCase().replace(silent, "").replace(betweenWords, " ").trim();
}

/** Reads what `normalized` returned. */
export function textFeatures(plain: string): TextFeatures {
  const points = Uint32Array.from(plain ? ` ${plain} ` : "", (character) => character.codePointAt(0)!);
  const words = wordHashes(points, unspaced.test(plain));
  const pairs = words.slice(1).map((word, at) => mixed(Math.imul(words[at]!, 31) ^ word, 2));
  const hashes = [...words, ...pairs];
  addPartHashes(points, hashes);
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

/** Parts of words with the space before and after them, so that beginnings and ends count as such. */
function addPartHashes(points: Uint32Array, hashes: number[]): void {
  for (let from = 0; from < points.length; from++) {
    let hash = seed;
    const end = Math.min(points.length, from + longestPart);
    for (let at = from; at < end; at++) {
      hash = withPoint(hash, points[at]!);
      if (at - from + 1 >= shortestPart) hashes.push(mixed(hash, 3));
      if (at > from && points[at] === space) break;
    }
  }
}

/** A step of FNV-1a. */
const withPoint = (hash: number, point: number) => Math.imul(hash ^ point, 0x01000193);

/** The last step of MurmurHash3. The kind keeps a word apart from the same characters as a part. */
function mixed(hash: number, kind: number): number {
  const first = Math.imul(hash ^ (hash >>> 16) ^ Math.imul(kind, 0x9e3779b1), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
