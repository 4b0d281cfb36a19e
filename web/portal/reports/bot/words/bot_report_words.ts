import { partWords } from "../../../words/words.ts";
import { botReportStrings } from "./bot_report_strings.ts";

/** The words of the bot's report. */
export const { say } = await partWords(botReportStrings, { ar: () => import("./bot_report_strings_ar.ts") });
