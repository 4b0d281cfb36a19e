import { addWords, locale, say as sayIn, type Word } from "../words/words.ts";
import { assistStrings } from "./assist_strings.ts";

await addWords(assistStrings, { ar: () => import("./assist_strings_ar.ts") });

export type AssistWord = keyof typeof assistStrings;

/** The words of the bot's part in a conversation, from the portal's one table. */
export const say = (word: AssistWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);

export const isWord = (word: string): word is AssistWord => Object.hasOwn(assistStrings, word);

export const percentOf = (part: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(part);
