import { blocks } from "./contract/blocks.ts";
import { forgetting } from "./contract/forgetting.ts";
import { pushes } from "./contract/pushes.ts";
import { roomCounts } from "./contract/room_counts.ts";
import { search } from "./contract/search.ts";
import { visitors } from "./contract/visitors.ts";
import { contractTestOf, type Opened } from "./store_contract.ts";

/**
 * The guarantees of `db/visitor_store.ts`, `search_store.ts` and `push_store.ts`, tested on one driver with
 * its real engine.
 */
export function testPortalStore(name: string, open: () => Promise<Opened>): void {
  const contractTest = contractTestOf(name, open);
  for (const declare of [roomCounts, visitors, blocks, forgetting, search, pushes]) declare(contractTest);
}
