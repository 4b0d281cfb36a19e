import { commonPasswords } from "./common_passwords.ts";

/** Characters that must remain without runs and outer blanks: `1234567890` counts as one. */
const minVariety = 5;
/** A shorter password without letters is likely a date or a telephone number. */
const minWithoutLetters = 16;
const serviceName = "parlor";

/** Why this password is refused for this account; `undefined` if it is accepted. The schema checks its length. */
export function checkPassword(password: string, username: string): string | undefined {
  // NFKC: full-width and other compatibility forms are guessed like the plain ones.
  const folded = password.normalize("NFKC").toLowerCase().trim();
  if ([...folded].length < 8) return "at least 8 characters";
  if (holdsName(folded, username.toLowerCase())) return "must not contain the username";
  if (commonPasswords().has(folded)) return "is one of the most common passwords";
  if (variety(folded) < minVariety) return "is too simple: a few characters, repeated or in a row";
  if (withoutLetters(folded) < minWithoutLetters) return "needs letters too";
  if (isCommonWord(folded)) return "is a common word, with digits or signs around it";
}

/** Also with other signs in it, with digits for letters, or reversed. */
function holdsName(text: string, name: string): boolean {
  const bare = bareOf(name), backwards = [...bare].reverse().join("");
  const isTold = (form: string) => form.includes(bare) || form.includes(backwards);
  return text.includes(name) || (bare.length >= 4 && [text, plainLetters(text)].map(bareOf).some(isTold));
}

/** Letters and digits alone. */
const bareOf = (text: string) => text.replace(/[^\p{L}\d]/gu, "");

/** Length of a password without letters; Infinity for any other. */
const withoutLetters = (text: string) => /\p{L}/u.test(text) ? Infinity : text.length;

/** Effective characters: the distinct ones, or those that continue no run or repetition. */
function variety(text: string): number {
  const characters = [...unrepeated(text)];
  return Math.min(new Set(characters).size, characters.length - runLength(characters));
}

/** The repeated unit of a text, or the text itself. */
function unrepeated(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}

const rows = [
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "yxcvbnm",
  "azertyuiop",
  "0987654321",
  "01234567890",
];

/** Number of characters that continue a run of three or more: `abc`, `987`, `aaa`, `fgh`. */
function runLength(characters: string[]): number {
  const goesOn = (i: number) =>
    characters[i] !== undefined && characters[i + 2] !== undefined &&
    isRun(characters.slice(i, i + 3).join(""));
  let inRuns = 0;
  for (let i = 2; i < characters.length; i++) if (goesOn(i - 2)) inRuns += goesOn(i - 3) ? 1 : 2;
  return inRuns;
}

function isRun(three: string): boolean {
  const [a, b, c] = [...three].map((one) => one.codePointAt(0)!) as [number, number, number];
  const isEven = b - a === c - b && Math.abs(b - a) <= 1;
  const reversed = [...three].reverse().join("");
  return isEven || rows.some((row) => row.includes(three) || row.includes(reversed));
}

/** Whether only digits and signs surround a common word or the service's name. */
function isCommonWord(text: string): boolean {
  const forms = [text, plainLetters(text)].flatMap((form) => [form, bareOf(form)]);
  return forms.map(core).some((word) => {
    const others = word.split(serviceName).join("");
    return others === "" || commonWords().has(word) || commonWords().has(others);
  });
}

const core = (text: string) => unrepeated(unrepeated(text).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ""));

const lookAlikes: Record<string, string> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  "5": "s",
  "$": "s",
  "7": "t",
};

/** Folds digits and signs that stand for letters, and accented letters, to plain letters. */
function plainLetters(text: string): string {
  const ends = text.replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, "");
  return ends.normalize("NFD").replace(/\p{M}/gu, "").replace(/[@431!05$7]/g, (sign) => lookAlikes[sign]!);
}

let words: Set<string> | undefined;

/** The common passwords, also without outer digits and signs. */
function commonWords(): Set<string> {
  return words ??= new Set(
    [...commonPasswords()].flatMap((one) => [one, core(one)]).filter((one) => one.length > 2),
  );
}
