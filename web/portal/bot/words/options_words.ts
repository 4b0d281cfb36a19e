import { partWords } from "../../words/words.ts";
import { optionsStrings } from "./options_strings.ts";

export type OptionsWord = keyof typeof optionsStrings;

/** The words of the bot's settings. */
export const { say } = await partWords(optionsStrings, { ar: () => import("./options_strings_ar.ts") });
