import { formerItems, type LastChange, lastChanges } from "../../db/collections/knowledge/changes.ts";
import { changeKnowledge, type KnowledgeHead } from "../../db/collections/knowledge/heads.ts";
import type { Chat } from "../chat.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { commitOf, type ItemChange, sizesAfter } from "./item_records.ts";

/** A change as `LastChange` reports it. `n`: it goes on with the change of this number, if that is the last. */
export interface ChangeAct extends Pick<LastChange, "act" | "kind" | "title"> {
  n?: number;
}

/** What a plan makes of the knowledge; without items, nothing. */
export interface Planned<T> {
  answer: T;
  items: ItemChange[];
}

/** The member who acts, in its workspace. */
export interface Editor {
  workspace: string;
  id: string;
}

/** @throws {Forbidden | NotAllowed} */
export function editorOf(who: Who): Editor {
  const workspace = demand(who, "content");
  if (who.kind !== "admin") throw new Error("unreachable");
  return { workspace, id: who.agent.id };
}

/**
 * Changes a workspace's knowledge in one commit, together with what undo needs. `plan` is asked again when the knowledge
 * changes meanwhile: what it has read is true when its change is made. Returns its answer, and the change's number.
 * @throws {QuotaReached} @throws {Unavailable}
 */
export async function commitChange<T>(
  chat: Pick<Chat, "store" | "now">,
  { editor, act }: { editor: Editor; act: ChangeAct },
  plan: (head: KnowledgeHead) => Promise<Planned<T>>,
): Promise<{ answer: T; n?: number }> {
  const { store } = chat, { workspace } = editor;
  const done = await changeKnowledge<{ answer: T; n?: number }>(store, workspace, async (head) => {
    const { answer, items } = await plan(head);
    if (items.length === 0) return { answer: { answer } };
    const last = await lastChanges.get(store, [workspace]);
    const isSame = act.n !== undefined && last?.n === act.n, n = isSame ? act.n! : head.n + 1;
    const { put, delete: gone } = commitOf(items, n);
    const change = lastOf(chat, { editor, act, n, count: items.length + (isSame ? last!.count : 0) });
    return {
      answer: { answer, n },
      commit: { put: [...put, { ...lastChanges.nameOf(change), value: change }], delete: gone },
      sizes: sizesAfter(head, items),
    };
  });
  if (done.n !== undefined) await dropFormer(chat, workspace, done.n);
  return done;
}

function lastOf(
  { now }: Pick<Chat, "now">,
  { editor: { workspace, id }, act: { act, kind, title }, n, count }: {
    editor: Editor;
    act: ChangeAct;
    n: number;
    count: number;
  },
): LastChange {
  return { workspace, n, act, kind, ...(title !== undefined && { title }), count, at: now(), by: id };
}

/** Former items deleted per commit. */
const droppedAtOnce = 40;

/** Deletes what undo needed before this change. What a crash leaves goes with the next change. */
async function dropFormer({ store }: Pick<Chat, "store">, workspace: string, change: number): Promise<void> {
  while (true) {
    const some = await store.records.list(formerItems.name, [workspace], { limit: droppedAtOnce });
    const old = some.filter(({ value }) => (value as { change: number }).change < change);
    if (old.length === 0) return;
    await store.records.commit({ delete: old.map(({ key }) => ({ collection: formerItems.name, key })) });
  }
}
