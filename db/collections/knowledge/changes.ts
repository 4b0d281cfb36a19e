import type { LastChange as LastChangeSeen } from "../../../protocol/knowledge.ts";
import { Collection, stored } from "../../collection.ts";
import { numberPart } from "../staff_log.ts";
import type { Answer } from "./answers.ts";
import type { Article } from "./articles.ts";

/** The last change of a workspace's answers and articles. */
export interface LastChange extends Omit<LastChangeSeen, "at"> {
  workspace: string;
  /** Number of the head with which it began. */
  n: number;
  /** Milliseconds since 1970. */
  at: number;
}

export const lastChanges = new Collection<LastChange>({
  name: "knowledge_last",
  schema: stored(),
  key: ({ workspace }) => [workspace],
});

/** An answer or an article before the last change. */
export type FormerItem =
  & { workspace: string; change: number; id: string; version?: number }
  & ({ kind: "answer"; before?: Answer } | { kind: "article"; before?: Article });

/** `version`: since the change; absent: it was deleted. Without `before` it was added. Those of former changes are deleted. */
export const formerItems = new Collection<FormerItem>({
  name: "knowledge_former",
  schema: stored(),
  key: ({ workspace, change, kind, id }) => [workspace, numberPart(change), kind, id],
});
