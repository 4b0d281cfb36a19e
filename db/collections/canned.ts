import type { CannedScope } from "../../protocol/canned.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import { type Commit, type StoredRecord, untilCommitted } from "../records.ts";

/** A canned reply of a workspace. */
export interface Canned {
  workspace: string;
  id: string;
  code: string;
  title: string;
  text: string;
  scope: CannedScope;
  /** Id of the team; with the scope `team` alone. */
  team?: string;
  /** Id of the agent; with the scope `own` alone. */
  agent?: string;
  used: number;
  /** Milliseconds since 1970. */
  updated: number;
}

export const canned = new Collection<Canned>({
  name: "canned",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
});

/** Orders the changes of a workspace's canned replies. */
interface CannedHead {
  workspace: string;
  /** Number of the last change. */
  n: number;
}

export const cannedHeads = new Collection<CannedHead>({
  name: "canned_heads",
  schema: stored(),
  key: ({ workspace }) => [workspace],
});

export async function allCanned(store: RecordStore, workspace: string): Promise<Canned[]> {
  return await Array.fromAsync(canned.all(store, workspace));
}

/**
 * Puts and deletes what `next` makes of all canned replies, unless they change meanwhile: then it is asked again. So
 * rules about all of them, such as unique codes, hold across processes. At most 99 at once.
 */
export function changeCanned<T>(
  store: RecordStore,
  workspace: string,
  next: (all: Canned[]) => { answer: T; put?: Canned[]; drop?: string[] },
): Promise<T> {
  return untilCommitted(async () => {
    const head = { collection: cannedHeads.name, key: [workspace] };
    const known = await store.records.get(head.collection, head.key);
    const { answer, put = [], drop = [] } = next(await allCanned(store, workspace));
    if (put.length + drop.length === 0) return { answer };
    const n = ((known?.value as CannedHead | undefined)?.n ?? 0) + 1;
    const names = put.map((value) => canned.nameOf(value));
    const there = await store.records.getMany(names);
    const commit: Commit = {
      check: [
        { ...head, version: known?.version },
        // A use that was counted meanwhile is not lost.
        ...names.map((name, i) => ({ ...name, version: there[i]?.version })),
      ],
      put: [
        ...put.map((value, i) => ({
          ...names[i]!,
          value: { ...value, used: usesOf(there[i]) ?? value.used },
        })),
        { ...head, value: { workspace, n } satisfies CannedHead },
      ],
      delete: drop.map((id) => ({ collection: canned.name, key: [workspace, id] })),
    };
    return await store.records.commit(commit) ? { answer } : undefined;
  });
}

const usesOf = (record: StoredRecord | undefined) => (record?.value as Canned | undefined)?.used;
