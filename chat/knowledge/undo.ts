import type { LastChangeSeen } from "../../protocol/knowledge.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import { articles } from "../../db/collections/knowledge/articles.ts";
import {
  type FormerItem,
  formerItems,
  type LastChange,
  lastChanges,
} from "../../db/collections/knowledge/changes.ts";
import type { RecordStore } from "../../db/collection.ts";
import { numberPart } from "../../db/collections/staff_log.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { NoSuch } from "../errors.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { commitChange, type Editor, editorOf } from "./change.ts";
import type { ItemChange } from "./item_records.ts";
import { inParts } from "./in_parts.ts";

/** What undo would take back. @throws {Forbidden | NotAllowed} */
export async function lastChange(chat: Chat, who: Who): Promise<LastChangeSeen> {
  return seen(await lastChanges.get(chat.store, [demand(who, "read")]));
}

function seen(last: LastChange | undefined): LastChangeSeen {
  if (!last) return { last: null };
  const { workspace: _, n: __, at, ...rest } = last;
  return { last: { ...rest, at: new Date(at).toISOString() } };
}

/**
 * Takes back the last change of answers and articles, which undoing this again repeats. What somebody has changed
 * meanwhile stays as it is.
 * @throws {Forbidden | NotAllowed} @throws {NoSuch} if there is none
 */
export async function undoLast(chat: Chat, who: Who): Promise<LastChangeSeen> {
  const editor = editorOf(who), { workspace } = editor;
  const last = await lastChanges.get(chat.store, [workspace]);
  if (!last) throw new NoSuch("change to undo");
  let n: number | undefined;
  await inParts(await formerOf(chat.store, last), async (some) => {
    const act = { act: "undone", kind: last.kind, title: last.title, n } as const;
    const done = await commitChange(chat, { editor, act }, async () => ({
      answer: undefined,
      items: (await Promise.all(some.map((one) => undone(chat, editor, one)))).flat(),
    }));
    n = done.n ?? n;
  });
  await audit(chat, who, {
    act: "knowledge_undone",
    detail: { act: last.act, kind: last.kind, count: last.count },
  });
  return await lastChange(chat, who);
}

async function formerOf(store: RecordStore, { workspace, n }: LastChange): Promise<FormerItem[]> {
  const prefix = [workspace, numberPart(n)], found: FormerItem[] = [];
  for (let after;; after = formerItems.nameOf(found.at(-1)!).key) {
    const some: FormerItem[] = await formerItems.list(store, prefix, { after, limit: 50 });
    found.push(...some);
    if (some.length < 50) return found;
  }
}

/** What takes a change of one item back; nothing if somebody has changed it since. */
async function undone(chat: Chat, editor: Editor, former: FormerItem): Promise<ItemChange[]> {
  const { workspace, id, version } = former;
  const now = former.kind === "answer"
    ? await answers.get(chat.store, [workspace, id])
    : await articles.get(chat.store, [workspace, id]);
  if (now?.version !== version) return [];
  const next = (now ?? former.before)!.version + 1;
  const after = former.before && { ...former.before, version: next, updated: chat.now(), by: editor.id };
  return [{ kind: former.kind, before: now, after } as ItemChange];
}
