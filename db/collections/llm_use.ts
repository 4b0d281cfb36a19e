import { Collection, type RecordStore, stored } from "../collection.ts";

/** How often the language model was asked for a visitor on its last day. */
export interface VisitorUse {
  workspace: string;
  consumer: string;
  /** UTC, as in 2026-11-28. */
  day: string;
  answers: number;
}

export const visitorUses = new Collection<VisitorUse>({
  name: "llm_visitors",
  schema: stored(),
  key: ({ workspace, consumer }) => [workspace, consumer],
});

/** Counters of a workspace's tokens by day; it has no values. */
export const tokenUses = new Collection<{ workspace: string; day: string }>({
  name: "llm_tokens",
  schema: stored(),
  key: ({ workspace, day }) => [workspace, day],
});

/**
 * Counts one more answer of the day for a visitor, unless there were `most`. Returns whether it was counted.
 * @throws {Unavailable}
 */
export async function countAnswer(
  store: RecordStore,
  { workspace, consumer, day }: Omit<VisitorUse, "answers">,
  most: number,
): Promise<boolean> {
  let isCounted = false;
  await visitorUses.update(store, [workspace, consumer], (now) => {
    const answers = now?.day === day ? now.answers : 0;
    isCounted = answers < most;
    return isCounted ? { workspace, consumer, day, answers: answers + 1 } : undefined;
  });
  return isCounted;
}

/** Tokens that a workspace used on a day. @throws {Unavailable} */
export const tokensUsed = (store: RecordStore, workspace: string, day: string): Promise<number> =>
  store.records.counter(tokenUses.name, [workspace, day]);

/** Adds to the tokens of a day; `tokens` may be negative. @throws {Unavailable} */
export async function addTokens(
  store: RecordStore,
  { workspace, day }: { workspace: string; day: string },
  tokens: number,
): Promise<void> {
  if (tokens === 0) return;
  await store.records.commit({ add: [{ collection: tokenUses.name, key: [workspace, day], by: tokens }] });
}

/** Deletes the counters of a workspace's days before `day`, at most `limit` of them. @throws {Unavailable} */
export async function dropTokens(
  store: RecordStore,
  { workspace, day }: { workspace: string; day: string },
  limit: number,
): Promise<void> {
  const days = await store.records.counters(tokenUses.name, [workspace], { limit });
  for (const { key } of days) if (key[1]! < day) await store.records.deleteAll(tokenUses.name, key);
}
