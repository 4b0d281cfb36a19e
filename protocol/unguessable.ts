import { minSecretConsumerLength } from "./limits.ts";

const uuidAtEnd = /(?<![0-9a-z])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const versions = /^(.{8})-(.{4})-([47])(.{3})-[89ab](.{3})-(.{12})$/i;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;

/**
 * Whether nobody can guess this consumer id, so that knowing it is proof enough: a UUID of version 4 or 7, or at least 22
 * characters, whose random part looks random; also behind a prefix that ends in `-` or `_`. A site that numbers or names
 * its visitors makes ids that are refused here, however long.
 */
export function isUnguessable(consumer: string): boolean {
  const uuid = uuidAtEnd.exec(consumer);
  if (uuid) return isRandomUuid(uuid[0]);
  if (consumer.length < minSecretConsumerLength) return false;
  if (isRandomId(consumer)) return true;
  return [...consumer.matchAll(/[-_]/g)].some(({ index }) => {
    const rest = consumer.slice(index + 1);
    return rest.length >= minSecretConsumerLength && isRandomId(rest);
  });
}

function isRandomId(text: string): boolean {
  if (isEncodedText(text)) return false;
  // The first ten characters of a ULID are its time; a number is none.
  return ulid.test(text) && /[a-z]/i.test(text)
    ? bitsSaved(text.slice(10)) <= mostSavedOfUlid
    : looksRandom(text);
}

/** Of version 7 the digits after the time are random, of version 4 all but those that name the version. */
function isRandomUuid(uuid: string): boolean {
  const [, low, mid, version, a, b, node] = versions.exec(uuid.toLowerCase()) ?? [];
  return version !== undefined &&
    bitsSaved(`${version === "7" ? "" : `${low}${mid}`}${a}${b}${node}`) <= mostSaved;
}

const plainText = /^[A-Za-z0-9 _.@:-]*$/;

/** Whether this is a text of words and numbers in hex or base64url. Few bytes of a random text look like one by chance. */
function isEncodedText(text: string): boolean {
  return [fromHex, fromBase64].some((decode) => {
    const decoded = decode(text);
    return decoded !== undefined && plainText.test(decoded) && bitsSaved(decoded) > mostSavedOfRare;
  });
}

function fromHex(text: string): string | undefined {
  if (text.length % 2 || !/^[0-9a-f]+$/i.test(text)) return undefined;
  return text.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
}

function fromBase64(text: string): string | undefined {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

/** Alphabets that ids are made of, with the bits of one character, the smallest first. */
const alphabets: [RegExp, number][] = [
  [/^\d+$/, Math.log2(10)],
  [/^([0-9a-f]+|[0-9A-F]+)$/, 4],
  [/^([0-9a-hjkmnp-tv-z]+|[0-9A-HJKMNP-TV-Z]+)$/, 5],
  [/^([0-9a-z]+|[0-9A-Z]+)$/, 5.17],
  [/^/, 6],
];
/** Bits by which a random text is hardly ever shorter when it is told in runs: once in a million ids, by measurement. */
const mostSaved = 22;
/** The same of what is rare among random ids already: digits alone, small letters alone, and encoded text. */
const mostSavedOfRare = 7;
/** The same of the 80 bits of a ULID: 16 characters are few enough to repeat some by chance. */
const mostSavedOfUlid = 30;
/** The same of a text whose cases are not looked at, of which random ones are shorter by 30 bits at most. */
const mostSavedInOneCase = 40;
const dateOrTime = /^(19|20)\d\d(0[1-9]|1[0-2])|^1[5-9]/;

function looksRandom(text: string): boolean {
  const isNumber = /^\d+$/.test(text);
  if (isNumber && dateOrTime.test(text)) return false;
  if (bitsSavedInOneCase(text) > mostSavedInOneCase) return false;
  return bitsSaved(text) <= (isNumber || /^([a-z]+|[A-Z]+)$/.test(text) ? mostSavedOfRare : mostSaved);
}

/**
 * By how much a text can be told shorter than character by character. Runs are what a person or a counter writes: words,
 * numbers, dates, the same character or part again, alphabets and rows of keys.
 */
function bitsSaved(text: string): number {
  const bits = alphabets.find(([alphabet]) => alphabet.test(text))![1];
  return text.length * bits - Math.min(fewDifferent(text, bits), inRuns(text, bits));
}

/** The same of runs alone, whatever case their letters are in: `AbCdEfGh`. */
function bitsSavedInOneCase(text: string): number {
  const lower = text.toLowerCase();
  return lower === text ? 0 : lower.length * oneCaseBits - inRuns(lower, oneCaseBits);
}

/** Bits of one of 26 letters, ten digits and two signs. */
const oneCaseBits = 5.25;

/** The cost of a text of few different characters: which they are, and each of them. Bits. */
function fewDifferent(text: string, bits: number): number {
  const different = new Set(text).size, all = Math.round(2 ** bits);
  let choices = 0;
  for (let i = 0; i < different; i++) choices += Math.log2((all - i) / (i + 1));
  return choices + text.length * Math.log2(different);
}

/** The cheapest way to tell a text as single characters and runs. Bits. */
function inRuns(text: string, bits: number): number {
  const best: number[] = [0];
  const offer = (at: number, cost: number) => best[at] = Math.min(best[at] ?? Infinity, cost);
  // Hex has no words, and its digits are no numbers.
  const possible = bits > 4 ? runs : hexRuns;
  // Where it is, which kind, and how long.
  const runBits = 4 + Math.log2(text.length);
  for (let from = 0; from < text.length; from++) {
    const cost = best[from]!;
    offer(from + 1, cost + bits);
    for (const run of possible) {
      for (const [to, more] of run(text, from, bits)) offer(to, cost + runBits + more);
    }
  }
  return best[text.length]!;
}

/** Where runs that begin at `from` may end, and the bits of each beside those that say that it is one. */
type Run = (text: string, from: number, bits: number) => Iterable<[to: number, cost: number]>;

/** One letter after a vowel, after another letter, at the start of a word: as in European names and words. Bits. */
const afterVowel = "55445667677443557333567677", afterConsonant = "37652764377567367554577767";
const atStart = "45455455577445547543564777";

function* words(text: string, from: number): Iterable<[number, number]> {
  let cost = 0, before = "";
  for (let at = from; at < text.length; at++) {
    const char = text[at]!, letter = char.toLowerCase();
    if (/[-_]/.test(char)) cost += 3;
    else if (/[a-z]/.test(letter)) {
      const table = /[aeiouy]/.test(before) ? afterVowel : /[a-z]/.test(before) ? afterConsonant : atStart;
      cost += Number(table[letter.charCodeAt(0) - 97]) + caseBits(text, at, from);
    } else return;
    before = letter;
    if (at - from >= 2) yield [at + 1, cost];
  }
}

/** A word is written in one case, or begins with a capital. */
function caseBits(text: string, at: number, from: number): number {
  const isUpper = (char = "") => /[A-Z]/.test(char);
  if (at === from || !/[a-z]/i.test(text[at - 1]!)) return 1;
  if (isUpper(text[at]) === isUpper(text[at - 1])) return 0;
  return isUpper(text[at]) ? 3 : at === from + 1 || !isUpper(text[at - 2]) ? 0.5 : 3;
}

/** Digits with what stands between numbers. */
function* numbers(text: string, from: number): Iterable<[number, number]> {
  let cost = 0;
  for (let at = from; at < text.length && /[0-9_-]/.test(text[at]!); at++) {
    cost += /[0-9]/.test(text[at]!) ? 3.5 : 3;
    yield [at + 1, cost];
  }
}

const date = /^(19|20)\d\d[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])/;
/** Seconds or milliseconds since 1970, in the years 2001 to 2065. */
const timestamp = /^([12]\d{12}|[12]\d{9})/;

function* times(text: string, from: number): Iterable<[number, number]> {
  const rest = text.slice(from);
  const day = date.exec(rest)?.[0], moment = timestamp.exec(rest)?.[0];
  if (day) yield [from + day.length, 14];
  if (moment) yield [from + moment.length, moment.length * 3 - 6];
}

/** The same part again, right behind or later. */
function* copies(text: string, from: number): Iterable<[number, number]> {
  const cost = Math.log2(from);
  for (let start = 0; start < from; start++) {
    for (let at = from; at < text.length && text[at] === text[start + at - from]; at++) {
      if (at > from) yield [at + 1, cost];
    }
  }
}

/** Characters that go up or down by one, each or from pair to pair and so on: `abcdef`, `a1b2c3`, `00112233`. */
function* steps(text: string, from: number, bits: number): Iterable<[number, number]> {
  for (let stride = 1; stride <= longestStride; stride++) {
    const stepAt = (at: number) => text.charCodeAt(at) - text.charCodeAt(at - stride);
    const step = stepAt(from + stride), cost = stride * bits + 3;
    if (Math.abs(step) > 1) continue;
    for (let at = from + stride; at < text.length && stepAt(at) === step; at++) yield [at + 1, cost];
  }
}

const longestStride = 4;

const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty", "1234567890", "0123456789abcdef"];
const rowsBothWays = [...rows, ...rows.map((row) => [...row].reverse().join(""))];

/** Rows of keys, and digits in their order. */
function* keyRows(text: string, from: number): Iterable<[number, number]> {
  const lower = text.toLowerCase();
  for (const row of rowsBothWays) {
    const start = row.indexOf(lower[from]!);
    if (start < 0) continue;
    for (let n = 1; start + n <= row.length && lower[from + n - 1] === row[start + n - 1]; n++) {
      if (n > 2) yield [from + n, 8];
    }
  }
}

const hexRuns: readonly Run[] = [copies, steps, keyRows];
const runs: readonly Run[] = [...hexRuns, words, numbers, times];
