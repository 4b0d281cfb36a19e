import { addWords, count as countIn, say as sayIn, type Word } from "../../words/words.ts";
import { knowledgeStrings } from "./knowledge_strings.ts";

export type KnowledgeWord = keyof typeof knowledgeStrings;

await addWords(knowledgeStrings, { ar: () => import("./knowledge_strings_ar.ts") });

/** The words of answers and articles under a key, from the portal's one table. */
export const say = (word: KnowledgeWord, values?: Record<string, string | number>): string =>
  sayIn(word as string as Word, values);

type Stem = KnowledgeWord extends infer W ? W extends `${infer S}_other` ? S : never : never;

/** The form that `n` takes. */
export const count = (stem: Stem, n: number): string => countIn(stem, n);
