import { minSecretConsumerLength } from "./limits.ts";

const uuidAtEnd = /(?<![0-9a-z])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const versions = /^(.{8})-(.{4})-([47])(.{3})-[89ab](.{3})-(.{12})$/i;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;

/**
 * Whether this consumer id is unguessable, so that knowing it is proof enough: a UUID of version 4 or 7, or at least 22
 * characters whose random part looks random; also behind a prefix that ends in `-` or `_`. Numbered or named ids are
 * refused, however long.
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
  // The first ten characters of a ULID are its time; they are not random.
  return ulid.test(text) && /[a-z]/i.test(text)
    ? bitsSaved(text.slice(10)) <= mostSavedOfUlid
    : looksRandom(text);
}

/** In version 7 the digits after the time are random, in version 4 all but those that name the version. */
function isRandomUuid(uuid: string): boolean {
  const [, low, mid, version, a, b, node] = versions.exec(uuid.toLowerCase()) ?? [];
  return version !== undefined &&
    bitsSaved(`${version === "7" ? "" : `${low}${mid}`}${a}${b}${node}`) <= mostSaved;
}

const plainText = /^[A-Za-z0-9 _.@:-]*$/;

/** Whether this is hex or base64url of words and numbers. Few random texts look like that by chance. */
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

/** Alphabets of ids, with the bits of one character, smallest first. */
const alphabets: [RegExp, number][] = [
  [/^\d+$/, Math.log2(10)],
  [/^([0-9a-f]+|[0-9A-F]+)$/, 4],
  [/^([0-9a-hjkmnp-tv-z]+|[0-9A-HJKMNP-TV-Z]+)$/, 5],
  [/^([0-9a-z]+|[0-9A-Z]+)$/, 5.17],
  [/^/, 6],
];
/**
 * Bits by which a random text is hardly ever compressed by runs: once in a million ids, by measurement. For
 * longer texts than 32 characters a quarter of a bit more for each.
 */
const mostSaved = 22;
/** The same for forms that are rare among random ids: digits alone, encoded text, and words without digits inside. */
const mostSavedOfRare = 7, mostSavedOfWords = 11;
/** The same for the 80 bits of a ULID: 16 characters are few enough to repeat some by chance. */
const mostSavedOfUlid = 30;
/** The same for a case-insensitive text, which compresses by 30 bits at most when random. */
const mostSavedInOneCase = 40;
const dateOrTime = /^(19|20)\d\d(0[1-9]|1[0-2])|^1[5-9]/;

/** Groups of equal length, as in license keys. */
const groups = /^[0-9a-z]{4,}(-[0-9a-z]{4,})+$/i;

function looksRandom(text: string): boolean {
  const joined = text.replaceAll("-", "");
  const areGroups = /\d/.test(text) && groups.test(text) &&
    new Set(text.split("-").map(({ length }) => length)).size === 1;
  if (areGroups && joined.length >= minSecretConsumerLength) return looksRandom(joined);
  // Hex digits that are letters alone form words: `deadbeefcafe…`.
  if (/^[a-f]+$/i.test(text)) return false;
  const isNumber = /^\d+$/.test(text);
  if (isNumber && dateOrTime.test(text)) return false;
  if (bitsSavedInOneCase(text) > mostSavedInOneCase) return false;
  if (isNumber) return bitsSaved(text) <= mostSavedOfRare;
  if (isOfWords(text)) return bitsSaved(text) <= mostSavedOfWords;
  return bitsSaved(text) <= mostSaved + Math.max(0, text.length - 32) / 4;
}

/** Whether these are only words, with years or with numbers separated by `-` or `_`: rare among random ids. */
function isOfWords(text: string): boolean {
  const parts = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[-_]+/g) ?? [];
  return parts.every((part, i) => {
    if (/^[-_]/.test(part)) return true;
    if (/^[a-z]/i.test(part)) return part.length >= 3;
    return year.test(part) || [parts[i - 1], parts[i + 1]].every((beside) => !/[a-z]/i.test(beside ?? ""));
  });
}

/**
 * By how much a text compresses in runs, against single characters. Runs are what a person or a counter writes: words,
 * numbers, dates, repeated characters or parts, alphabets and rows of keys.
 */
function bitsSaved(text: string): number {
  const bits = alphabets.find(([alphabet]) => alphabet.test(text))![1];
  return text.length * bits - Math.min(fewDifferent(text, bits), inRuns(text, bits));
}

/** The same for runs alone, ignoring case: `AbCdEfGh`. */
function bitsSavedInOneCase(text: string): number {
  const lower = text.toLowerCase();
  return lower === text ? 0 : lower.length * oneCaseBits - inRuns(lower, oneCaseBits);
}

/** Bits of one of 26 letters, ten digits and two signs. */
const oneCaseBits = 5.25;

/** The cost of a text of few distinct characters: which they are, and each of them. Bits. */
function fewDifferent(text: string, bits: number): number {
  const different = new Set(text).size, all = Math.round(2 ** bits);
  let choices = 0;
  for (let i = 0; i < different; i++) choices += Math.log2((all - i) / (i + 1));
  return choices + text.length * Math.log2(different);
}

/** The cheapest encoding of a text as single characters and runs. Bits. */
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
    for (const run of possible) run(text, from, bits, (to, more) => offer(to, cost + runBits + more));
  }
  return best[text.length]!;
}

/** Yields where runs that begin at `from` may end, with their cost in bits besides the marker of a run. */
type Run = (text: string, from: number, bits: number, offer: (to: number, cost: number) => void) => void;

/**
 * Half bits, base 36, of each letter after each letter, and in the last row at the start of a word: measured over 100,000
 * English words and names of people.
 */
const pairs = [
  "gc9aefcdake684kdj597acdhag 6alh3onj7io8lk7np5cg8lnp9p 5lch6lh57r78jj5mfag9bonrbm 5jkb4hci6llced5nm7ahaibr9o",
  "9db8bdcicjh6b6ccj478fbdeae 7nmn56ln6nn8fj5no4ga9onogo 5jnf4kb86on8hb7mo6be8ofodn 4ilk4loj6qocea6no9hb9ohqaq",
  "7e7a6cbnoke7a48dha68gcphne 4omo4oom9nmnnn3monno6noono 5imk3ikd5nfbfb9jl89jbmfo9o 5cg95cik5qg6cj7esjcbbcis8m",
  "3abp5lmn5qoj9i6apkcnaqmraq 6i965f7h7gdfi79lmf97dgipaf dab9dedcdke794abn58a9cagbh 5gjl5kl58oh8gl79o6abaolpgo",
  "ehiihiiieiiiiiiiiiii0iiiii 6ec95ibh5kdaba6gk9a8bdhr8l 6g9k6il67pecdg7bgh849jerdm 6kep5jl56pkdhg6js8a7bpfsaf",
  "8a997d9j9ke7a7hbm568ninige 5oon3omo3ollnm8ooilokmoofo 4jjg5gm84nfdg87mnabgjnlndn 5f8h8fhb4hhcgg86ghe6cggfeh",
  "6da87gijckg5848dn87bedenlj 3efj4iee7jiecg6gechiaihjca 88789a99b8a87bc9i879fcaogh",
].flatMap((rows) => Array.from(rows.replaceAll(" ", ""), (halves) => parseInt(halves, 36) / 2));

const isLetter = (code: number) => code >= 97 && code <= 122;
const isCapital = (code: number) => code >= 65 && code <= 90;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Words and numbers, with or without a separator: `john-smith-1984`, `JohnSmith1984`. */
const phrases: Run = (text, from, _, offer) => {
  let cost = 0, before = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === minus || code === underscore) cost += 3;
    else if (isDigit(code)) {
      if (!isDigit(before) && isYear(text, at)) {
        cost += yearBits;
        at += 3;
      } else cost += isLetter(before | 32) ? 6 : 3.5;
    } else if (isLetter(code | 32)) {
      const isStart = !isLetter(before | 32) || isCapital(code) && isLetter(before);
      const row = isStart ? startRow : (before | 32) - 97;
      cost += pairs[row * 26 + (code | 32) - 97]! +
        (isStart ? isCapital(code) && isLetter(before) ? 3 : 1 : caseBits(text, at, from)) +
        (isDigit(before) ? 2 : 0);
    } else return;
    before = code;
    if (at - from >= 2) offer(at + 1, cost);
  }
};

const minus = 45, underscore = 95, startRow = 26, yearBits = 10;

/** Years that people are likely to write. */
const year = /^(19|20)\d\d$/;
const isYear = (text: string, at: number) =>
  year.test(text.slice(at, at + 4)) && !isDigit(text.charCodeAt(at + 4));

/** A word is written in one case, or capitalized. */
function caseBits(text: string, at: number, from: number): number {
  const isUpper = isCapital(text.charCodeAt(at)), wasUpper = isCapital(text.charCodeAt(at - 1));
  if (isUpper === wasUpper) return 0;
  return isUpper || at > from + 1 && isCapital(text.charCodeAt(at - 2)) ? 3 : 0.5;
}

/** Digits with separators of numbers. */
const numbers: Run = (text, from, _, offer) => {
  let cost = 0;
  for (let at = from; at < text.length && /[0-9_-]/.test(text[at]!); at++) {
    cost += /[0-9]/.test(text[at]!) ? 3.5 : 3;
    offer(at + 1, cost);
  }
};

const date = /^(19|20)\d\d[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])/;
/** Seconds or milliseconds since 1970, in the years 2001 to 2065. */
const timestamp = /^([12]\d{12}|[12]\d{9})/;

const times: Run = (text, from, _, offer) => {
  const rest = text.slice(from);
  const day = date.exec(rest)?.[0], moment = timestamp.exec(rest)?.[0];
  if (day) offer(from + day.length, 14);
  if (moment) offer(from + moment.length, moment.length * 3 - 6);
};

/** A repeated part, adjacent or later. */
const copies: Run = (text, from, _, offer) => {
  const cost = Math.log2(from);
  for (let start = 0; start < from; start++) {
    for (let at = from; at < text.length && text[at] === text[start + at - from]; at++) {
      if (at > from) offer(at + 1, cost);
    }
  }
};

/** Characters that go up or down by one, each or pair by pair: `abcdef`, `a1b2c3`, `00112233`. */
const steps: Run = (text, from, bits, offer) => {
  for (let stride = 1; stride <= longestStride; stride++) {
    const stepAt = (at: number) => text.charCodeAt(at) - text.charCodeAt(at - stride);
    const step = stepAt(from + stride), cost = stride * bits + 3;
    if (Math.abs(step) > 1) continue;
    for (let at = from + stride; at < text.length && stepAt(at) === step; at++) offer(at + 1, cost);
  }
};

const longestStride = 4;

const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty", "1234567890", "0123456789abcdef"];
const rowsBothWays = [...rows, ...rows.map((row) => [...row].reverse().join(""))];

/** Rows of keys, and digits in their order. */
const keyRows: Run = (text, from, _, offer) => {
  const lower = text.toLowerCase();
  for (const row of rowsBothWays) {
    const start = row.indexOf(lower[from]!);
    if (start < 0) continue;
    for (let n = 1; start + n <= row.length && lower[from + n - 1] === row[start + n - 1]; n++) {
      if (n > 2) offer(from + n, 8);
    }
  }
};

const hexRuns: readonly Run[] = [copies, steps, keyRows];
const runs: readonly Run[] = [...hexRuns, phrases, numbers, times];
