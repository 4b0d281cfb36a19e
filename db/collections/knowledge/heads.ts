import { Collection, type RecordStore, stored } from "../../collection.ts";
import { markOf } from "../../changes.ts";
import { type Commit, untilCommitted } from "../../records.ts";

/** Sizes of a workspace's answers and articles. */
export interface KnowledgeSizes {
  answers: number;
  articles: number;
  /** Of all articles. */
  passages: number;
  /** Of all answers, in all languages. */
  phrases: number;
  /** Of answers and articles as JSON. */
  bytes: number;
}

/** Orders the changes of a workspace's answers, articles and flows. */
export interface KnowledgeHead extends KnowledgeSizes {
  workspace: string;
  /** Number of the last change. */
  n: number;
}

/** Watched: what is derived from a workspace's knowledge is built again once its head has changed. */
export const knowledgeHeads = new Collection<KnowledgeHead>({
  name: "knowledge_heads",
  schema: stored(),
  key: ({ workspace }) => [workspace],
  isWatched: true,
});

/** What a change of a workspace's knowledge commits; without `commit`, nothing changes. */
export interface KnowledgeChange<T> {
  answer: T;
  commit?: Commit;
  sizes?: KnowledgeSizes;
}

export async function knowledgeHead(store: RecordStore, workspace: string): Promise<KnowledgeHead> {
  return await knowledgeHeads.get(store, [workspace]) ?? { workspace, n: 0, ...nothing };
}

const nothing: KnowledgeSizes = { answers: 0, articles: 0, passages: 0, phrases: 0, bytes: 0 };

/**
 * Commits what `next` makes of a workspace's knowledge, unless that changes meanwhile: then it is asked again. So what
 * `next` reads is still true when its change is made, in every process, and followers of the head are notified.
 * @throws {Unavailable}
 */
export function changeKnowledge<T>(
  store: RecordStore,
  workspace: string,
  next: (head: KnowledgeHead) => Promise<KnowledgeChange<T>> | KnowledgeChange<T>,
): Promise<T> {
  const own = { collection: knowledgeHeads.name, key: [workspace] };
  const changed = { owner: workspace, collection: knowledgeHeads.name };
  return untilCommitted(async () => {
    const known = await store.records.get(own.collection, own.key);
    const head = known?.value as KnowledgeHead | undefined ?? { workspace, n: 0, ...nothing };
    const { answer, commit, sizes } = await next(head);
    if (!commit) return { answer };
    const value: KnowledgeHead = { ...head, ...sizes, n: head.n + 1 };
    const isDone = await store.records.commit({
      ...commit,
      check: [{ ...own, version: known?.version }, ...commit.check ?? []],
      put: [{ ...own, value }, { ...markOf(changed), value: true }, ...commit.put ?? []],
    });
    if (!isDone) return undefined;
    store.changes.changed(changed);
    return { answer };
  });
}
