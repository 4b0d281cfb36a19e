import { addWords, say as sayIn, type Word } from "../../words/words.ts";
import { optionsStrings } from "./options_strings.ts";

export type OptionsWord = keyof typeof optionsStrings;

await addWords(optionsStrings, { ar: () => import("./options_strings_ar.ts") });

/** The words of the bot's settings under a key, from the portal's one table. */
export const say = (word: OptionsWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);
