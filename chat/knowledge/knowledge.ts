import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import type { RecordStore } from "../../db/collection.ts";

export { allAnswers, type Answer } from "../../db/collections/knowledge/answers.ts";
export { allPassages, type Passage } from "../../db/collections/knowledge/passages.ts";
export { knowledgeHead, knowledgeHeads } from "../../db/collections/knowledge/heads.ts";

/** An answer of a workspace, also one that is off. */
export function answer(store: RecordStore, workspace: string, id: string): Promise<Answer | undefined> {
  return answers.get(store, [workspace, id]);
}
