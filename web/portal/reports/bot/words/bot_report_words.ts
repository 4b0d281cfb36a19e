import { addWords, say as sayIn, type Word } from "../../../words/words.ts";
import { botReportStrings } from "./bot_report_strings.ts";

await addWords(botReportStrings, { ar: () => import("./bot_report_strings_ar.ts") });

/** The words of the bot's report under a key, from the portal's one table. */
export const say = (word: keyof typeof botReportStrings, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);
