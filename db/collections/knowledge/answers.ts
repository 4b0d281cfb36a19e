import type { AnswerSeen } from "../../../protocol/knowledge.ts";
import { Collection, type RecordStore, stored } from "../../collection.ts";
import { titlePart } from "./title_part.ts";

/** An answer that a workspace's chatbot gives. */
export interface Answer extends Omit<AnswerSeen, "updated"> {
  workspace: string;
  /** Milliseconds since 1970. */
  updated: number;
}

/** `byTitle`: of a workspace; no two have the same title. */
export const answers = new Collection<Answer, "byTitle">({
  name: "answers",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
  indexes: { byTitle: { key: ({ workspace, title }) => [workspace, titlePart(title)] } },
});

/** All answers of a workspace, those that are off too. */
export async function allAnswers(store: RecordStore, workspace: string): Promise<Answer[]> {
  return await Array.fromAsync(answers.all(store, workspace));
}
