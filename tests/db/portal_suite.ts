import { blocks } from "./promises/blocks.ts";
import { forgetting } from "./promises/forgetting.ts";
import { pushes } from "./promises/pushes.ts";
import { roomCounts } from "./promises/room_counts.ts";
import { search } from "./promises/search.ts";
import { visitors } from "./promises/visitors.ts";
import type { Hold, Opened } from "./store_suite.ts";
import { sanitized } from "../sanitized.ts";

/** The promises of `db/visitor_store.ts`, `search_store.ts` and `push_store.ts`, held to one driver on its real engine. */
export function testPortalStore(name: string, open: () => Promise<Opened>): void {
  const hold: Hold = (promise, test) =>
    Deno.test(`${name}: ${promise}`, sanitized, async () => {
      const opened = await open();
      try {
        await test(opened.store, opened);
      } finally {
        await opened.dispose();
      }
    });
  for (const promises of [roomCounts, visitors, blocks, forgetting, search, pushes]) promises(hold);
}
