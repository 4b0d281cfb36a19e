import { locale, partWords } from "../words/words.ts";
import { assistStrings } from "./assist_strings.ts";

export type AssistWord = keyof typeof assistStrings;

/** The words of the bot's part in a conversation. */
export const { say } = await partWords(assistStrings, { ar: () => import("./assist_strings_ar.ts") });

export const isWord = (word: string): word is AssistWord => Object.hasOwn(assistStrings, word);

export const percentOf = (part: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(part);
