import { partWords } from "../../words/words.ts";
import { knowledgeStrings } from "./knowledge_strings.ts";

export type KnowledgeWord = keyof typeof knowledgeStrings;

/** The words of answers and articles. */
export const { say, count } = await partWords(knowledgeStrings, {
  ar: () => import("./knowledge_strings_ar.ts"),
});
