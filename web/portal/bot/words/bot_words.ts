import { partWords } from "../../words/words.ts";
import { botStrings } from "./bot_strings.ts";

export type BotWord = keyof typeof botStrings;

/** The chatbot pages' words. */
export const { say } = await partWords(botStrings, { ar: () => import("./bot_strings_ar.ts") });
