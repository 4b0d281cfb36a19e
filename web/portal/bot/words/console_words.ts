import { addWords, locale, say as sayIn, type Word } from "../../words/words.ts";
import { consoleStrings } from "./console_strings.ts";

export type ConsoleWord = keyof typeof consoleStrings;

await addWords(consoleStrings, { ar: () => import("./console_strings_ar.ts") });

/** The words of the try-out under a key, from the portal's one table. */
export const say = (word: ConsoleWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);

/** A share in percent. @param share 0 to 1 */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent" }).format(share);
