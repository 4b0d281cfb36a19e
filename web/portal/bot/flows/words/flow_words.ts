import { addWords, say as sayIn, type Word } from "../../../words/words.ts";
import { flowStrings } from "./flow_strings.ts";

export type FlowWord = keyof typeof flowStrings;

await addWords(flowStrings, { ar: () => import("./flow_strings_ar.ts") });

/** The words of the flows under a key, from the portal's one table. */
export const say = (word: FlowWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);
