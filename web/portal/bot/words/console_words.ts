import { locale, partWords } from "../../words/words.ts";
import { consoleStrings } from "./console_strings.ts";

export type ConsoleWord = keyof typeof consoleStrings;

/** The words of the try-out. */
export const { say } = await partWords(consoleStrings, { ar: () => import("./console_strings_ar.ts") });

/** A share in percent. @param share 0 to 1 */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent" }).format(share);
