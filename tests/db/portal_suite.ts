import { blocks } from "./contract/blocks.ts";
import { forgetting } from "./contract/forgetting.ts";
import { pushes } from "./contract/pushes.ts";
import { roomCounts } from "./contract/room_counts.ts";
import { search } from "./contract/search.ts";
import { visitors } from "./contract/visitors.ts";
import type { Hold, Opened } from "./store_suite.ts";
import { sanitized } from "../harness/sanitized.ts";

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
