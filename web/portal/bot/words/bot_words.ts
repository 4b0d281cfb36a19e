import { addWords, say as sayIn, type Word } from "../../words/words.ts";
import { botStrings } from "./bot_strings.ts";

export type BotWord = keyof typeof botStrings;

await addWords(botStrings, { ar: () => import("./bot_strings_ar.ts") });

/** The chatbot pages' words under a key, from the portal's one table. */
export const say = (word: BotWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);
