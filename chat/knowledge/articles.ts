import type { ArticlePatch, ArticleSeen, NewArticle } from "../../protocol/knowledge.ts";
import { maxKnowledgeItemBytes } from "../../protocol/limits.ts";
import { jsonBytes } from "../../db/byte_budget.ts";
import { type Article, articles } from "../../db/collections/knowledge/articles.ts";
import type { RecordStore } from "../../db/collection.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, KnowledgeChanged, NoSuch } from "../errors.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { commitChange, type Editor, editorOf } from "./change.ts";
import { cutPassages } from "./cut_passages.ts";

/** @throws {Forbidden | NotAllowed | NoSuch} */
export async function readArticle(chat: Chat, who: Who, id: string): Promise<ArticleSeen> {
  return articleSeen(await existing(chat.store, demand(who, "read"), id));
}

/** @throws {Forbidden | NotAllowed | InvalidInput | QuotaReached} */
export async function addArticle(chat: Chat, who: Who, draft: NewArticle): Promise<ArticleSeen> {
  const editor = editorOf(who);
  const one = articleAfter(newArticle(editor.workspace), draft, { editor, at: chat.now() });
  const act = { act: "added", kind: "article", title: one.title } as const;
  await commitChange(
    chat,
    { editor, act },
    () => Promise.resolve({ answer: undefined, items: [{ kind: "article", after: one }] }),
  );
  await audit(chat, who, { act: "article_added", target: one.id });
  return articleSeen(one);
}

/** @throws {Forbidden | NotAllowed | NoSuch | InvalidInput | QuotaReached} @throws {KnowledgeChanged} for a stale version */
export async function changeArticle(
  chat: Chat,
  who: Who,
  { id, version, ...patch }: ArticlePatch & { id: string },
): Promise<ArticleSeen> {
  const editor = editorOf(who), { store } = chat, { workspace } = editor;
  const { title } = await existing(store, workspace, id);
  const act = { act: "changed", kind: "article", title: patch.title ?? title } as const;
  const { answer: after } = await commitChange(chat, { editor, act }, async () => {
    const before = await existing(store, workspace, id);
    checkVersion(before, version);
    const after = articleAfter(before, patch, { editor, at: chat.now() });
    return { answer: after, items: [{ kind: "article", before, after }] };
  });
  await audit(chat, who, { act: "article_changed", target: id });
  return articleSeen(after);
}

/** @throws {Forbidden | NotAllowed | NoSuch} @throws {KnowledgeChanged} for a stale version */
export async function dropArticle(chat: Chat, who: Who, id: string, version?: number): Promise<void> {
  const editor = editorOf(who), { store } = chat, { workspace } = editor;
  const { title } = await existing(store, workspace, id);
  await commitChange(chat, { editor, act: { act: "deleted", kind: "article", title } }, async () => {
    const before = await existing(store, workspace, id);
    if (version !== undefined) checkVersion(before, version);
    return { answer: undefined, items: [{ kind: "article", before }] };
  });
  await audit(chat, who, { act: "article_deleted", target: id });
}

async function existing(store: RecordStore, workspace: string, id: string): Promise<Article> {
  const one = await articles.get(store, [workspace, id]);
  if (!one) throw new NoSuch("article");
  return one;
}

function checkVersion(now: Article, version: number): void {
  if (now.version !== version) throw new KnowledgeChanged({ article: articleSeen(now) });
}

export const newArticle = (workspace: string): Article => ({
  ...{ workspace, id: newRoomId(), title: "", body: "", enabled: true, source: "manual" },
  ...{ updated: 0, version: 0, passages: 0 },
});

/** An article with a patch applied, in its next version. @throws {InvalidInput} */
export function articleAfter(
  { url: oldUrl, ...before }: Article,
  { url = oldUrl, ...patch }: Partial<NewArticle>,
  { editor, at }: { editor: Editor; at: number },
): Article {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const body = patch.body ?? before.body;
  const after: Article = {
    ...{ ...before, ...given, ...(url && { url }), updated: at, by: editor.id, version: before.version + 1 },
    passages: cutPassages(body).length,
  };
  if (jsonBytes(after) > maxKnowledgeItemBytes) {
    throw new InvalidInput({ body: `an article takes at most ${maxKnowledgeItemBytes / 1024} KiB as JSON` });
  }
  return after;
}

/** As the wire shows it. */
export function articleSeen({ workspace: _, passages: __, updated, ...one }: Article): ArticleSeen {
  return { ...one, updated: new Date(updated).toISOString() };
}
