import type { KnowledgeImport } from "../../../protocol/knowledge.ts";
import type { Chat } from "../../chat.ts";
import { Slices } from "../../reports/sliced.ts";
import type { Editor } from "../change.ts";
import type { ItemChange } from "../item_records.ts";
import type { Entry } from "./entries.ts";
import { Merging } from "./merging.ts";

/** What importing a file would do. */
export interface Plan {
  items: ItemChange[];
  report: Omit<KnowledgeImport, "imported">;
}

/** Refused lines that a report names, and characters of a reason. */
const mostRefused = 100, mostOfReason = 300;

/**
 * What the entries of a file make of a workspace's answers and articles, each as if those before it were stored. Lets other
 * work run meanwhile.
 */
export async function planOf(chat: Chat, editor: Editor, entries: readonly Entry[]): Promise<Plan> {
  const merging = await Merging.begin(chat, editor), slices = new Slices();
  const items: ItemChange[] = [],
    report = { added: 0, changed: 0, same: 0, refused: [] as { line: number; why: string }[] };
  for (const entry of entries) {
    await slices.pause();
    const outcome = "why" in entry ? entry : merging.outcomeOf(entry);
    if (outcome === "same") report.same++;
    else if ("why" in outcome) {
      report.refused.push({ line: entry.line, why: outcome.why.slice(0, mostOfReason).toWellFormed() });
    } else {
      report[outcome.before ? "changed" : "added"]++;
      items.push(outcome);
    }
  }
  report.refused.splice(mostRefused);
  return { items, report };
}
