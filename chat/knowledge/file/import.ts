import type { KnowledgeImport } from "../../../protocol/knowledge.ts";
import { knowledgeHead } from "../../../db/collections/knowledge/heads.ts";
import { Unavailable } from "../../../db/errors.ts";
import { audit } from "../../audit/audit.ts";
import type { Chat } from "../../chat.ts";
import { RateLimited } from "../../errors.ts";
import { costOfReceived } from "../../limits/meter.ts";
import { Slices } from "../../reports/sliced.ts";
import type { Who } from "../../who.ts";
import { commitChange, type Editor, editorOf } from "../change.ts";
import { inParts } from "../in_parts.ts";
import { type ItemChange, sizesAfter } from "../item_records.ts";
import { entriesOfCsv } from "./csv_file.ts";
import { type Entry, type FileKind } from "./entries.ts";
import { entriesOfJson } from "./json_file.ts";
import { answersOfMarkdown, articlesOfMarkdown } from "./markdown_file.ts";
import { planOf } from "./plan.ts";

/** A file of answers and articles. `as`: what Markdown is. */
export interface KnowledgeFile {
  text: string;
  kind: FileKind;
  as: "answers" | "articles";
}

/** The workspaces with an import under way, by service. */
const underWay = new WeakMap<Chat, Set<string>>();
const retryMs = 5_000;

/**
 * Adds the answers and articles of a file, or changes those of the same id, title or address: all of them, or none if a
 * line is refused. A dry run reports what would happen.
 * @throws {Forbidden | NotAllowed | QuotaReached | RateLimited} @throws {InvalidInput} for a file that cannot be read
 */
export async function importKnowledge(
  chat: Chat,
  who: Who,
  { isDryRun, ...file }: KnowledgeFile & { isDryRun: boolean },
): Promise<KnowledgeImport> {
  const editor = editorOf(who), all = underWay.get(chat) ?? new Set<string>();
  underWay.set(chat, all);
  if (all.has(editor.workspace)) throw new RateLimited(retryMs, "An import into this workspace is under way");
  all.add(editor.workspace);
  try {
    chat.meter?.account(editor.workspace).charge(costOfReceived(file.text.length));
    const report = await imported(chat, editor, { entries: await entriesOf(file), isDryRun });
    const { added, changed } = report;
    if (report.imported) await audit(chat, who, { act: "knowledge_imported", detail: { added, changed } });
    return report;
  } finally {
    all.delete(editor.workspace);
  }
}

async function entriesOf({ text, kind, as }: KnowledgeFile): Promise<Entry[]> {
  const entries: Entry[] = [], slices = new Slices();
  const readers = {
    csv: entriesOfCsv,
    json: entriesOfJson,
    markdown: as === "answers" ? answersOfMarkdown : articlesOfMarkdown,
  };
  for (const entry of readers[kind](text)) {
    entries.push(entry);
    await slices.pause();
  }
  return entries;
}

/** Somebody else has changed the knowledge since it was compared with the file. */
class ChangedMeanwhile extends Error {}

/** Times that a file is compared again because others go on changing what it is about. */
const mostPlans = 10;

async function imported(
  chat: Chat,
  editor: Editor,
  { entries, isDryRun }: { entries: Entry[]; isDryRun: boolean },
): Promise<KnowledgeImport> {
  let first: KnowledgeImport | undefined, n: number | undefined;
  for (let plans = 0; plans < mostPlans; plans++) {
    const head = await knowledgeHead(chat.store, editor.workspace);
    const { items, report } = await planOf(chat, editor, entries);
    sizesAfter(head, items);
    if (isDryRun || report.refused.length > 0) {
      return { ...first ?? report, refused: report.refused, imported: false };
    }
    first ??= { ...report, imported: true };
    try {
      await commitAll(chat, { editor, items, n, headN: head.n }, (change) => n = change);
      return first;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
  throw new Unavailable("Others go on changing these answers");
}

/** @throws {ChangedMeanwhile} */
async function commitAll(
  chat: Chat,
  { editor, items, n, headN }: { editor: Editor; items: ItemChange[]; n: number | undefined; headN: number },
  onChange: (n: number | undefined) => void,
): Promise<void> {
  let expected = headN;
  await inParts(items, async (some) => {
    const act = { act: "imported", kind: "knowledge", n } as const;
    const done = await commitChange(chat, { editor, act }, (head) => {
      if (head.n !== expected) throw new ChangedMeanwhile();
      return Promise.resolve({ answer: undefined, items: some });
    });
    expected++;
    onChange(n = done.n ?? n);
  });
}
