import type { Word } from "./strings.ts";

/** Problems of fields as sent by the service, a number as `{n}`, and their keys in the portal's table. */
const words: Record<string, Word> = {
  "is missing": "needed",
  "may not be empty": "wrong_empty",
  "a broken character": "wrong_character",
  "text with NUL or a broken character": "wrong_character",
  "3 to 32 of the characters a-z 0-9 _ -": "wrong_name",
  "is reserved": "wrong_reserved",
  "must not contain the username": "wrong_holds_name",
  "is one of the most common passwords": "wrong_common",
  "is too simple: a few characters, repeated or in a row": "wrong_simple",
  "needs letters too": "wrong_letters",
  "is a common word, with digits or signs around it": "wrong_word",
  "not an email address": "wrong_email",
  "a colour as #rrggbb": "wrong_colour",
  "an https:// address": "wrong_address",
  "a language tag such as en or pt-BR": "wrong_language",
  "a time zone such as Asia/Kolkata": "wrong_zone",
  "a time as HH:MM": "wrong_time",
  "from must be before to": "wrong_order",
  "an origin such as https://www.example.com, without a path": "wrong_origin",
};

/** The same for problems with a count, by the stem of its plural forms. */
const counted: Record<string, string> = {
  "at least {n} characters": "wrong_short",
  "at most {n} characters": "wrong_long",
  "Too big: expected string to have <={n} characters": "wrong_long",
  "Too big: expected array to have <={n} items": "wrong_many",
};

/** The key for a problem sent by the service, and its count. */
export function fieldWords(said: string): { word: string; n?: number } | undefined {
  const word = words[said];
  if (word) return { word };
  const [n] = /\d+/.exec(said) ?? [];
  const stem = n === undefined ? undefined : counted[said.replace(n, "{n}")];
  return stem === undefined ? undefined : { word: stem, n: Number(n) };
}
