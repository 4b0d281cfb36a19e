import { type Episode, episodes } from "../../../db/collections/episodes.ts";
import { acting } from "../../harness/acting.ts";
import type { RecordStore } from "../../../db/collection.ts";

/** The owner of asha's workspace. */
export const asha = acting("asha");

/** An episode of asha's that was opened then, with some of its fields. */
export function episode(opened: string | number, some: Partial<Episode> = {}): Episode {
  const at = typeof opened === "number" ? opened : Date.parse(opened);
  const consumer = some.consumer ?? `visitor-${at}`;
  return {
    ...{ workspace: "asha", consumer, id: `${consumer}.1`, from: 1, upTo: 1, opened: at },
    ...{ status: "open", texts: { visitor: 1, agents: 0, bot: 0 } },
    ...some,
  };
}

const batch = 100;

/** Stores episodes, many in one commit. */
export async function storeEpisodes(store: RecordStore, all: Episode[]): Promise<void> {
  for (let from = 0; from < all.length; from += batch) {
    const put = all.slice(from, from + batch).flatMap((one) => episodes.recordsOf(one));
    await store.records.commit({ put });
  }
}

/** Many episodes with plausible values, evenly over a span; the same each time. */
export function manyEpisodes(count: number, span: { from: number; to: number }): Episode[] {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const some = (list: string[]) => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const opened = Math.floor(span.from + (span.to - span.from) * i / count),
      seconds = Math.floor(random() * 90_000);
    const wait = { seconds, working: Math.floor(seconds / 3) };
    return episode(opened, {
      consumer: `0198c0de-0000-7000-8000-${String(i).padStart(12, "0")}`,
      texts: { visitor: 3, agents: i % 5 ? 2 : 0, bot: i % 3 },
      ...(i % 5 && {
        answeredBy: some(["maya00000000", "jonas0000000", "ines00000000"]),
        firstReply: { at: opened + seconds * 1_000, ...wait },
        waits: { count: 2, ...wait },
      }),
      ...(i % 10 && {
        status: "resolved",
        resolved: {
          at: opened + seconds * 2_000,
          by: "maya00000000",
          seconds: seconds * 2,
          working: seconds,
        },
        asked: true,
      }),
      assignee: some(["maya00000000", "jonas0000000", "ines00000000"]),
      team: some(["orders000000", "advice000000"]),
      labels: [some(["delivery0000", "return000000", "wholesale000"])],
      ...(i % 4 === 0 && { rating: { score: 1 + i % 5, first: opened, at: opened } }),
    });
  });
}
