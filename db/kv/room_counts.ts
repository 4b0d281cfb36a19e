import type { VisitorStore } from "../visitor_store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/** Reads the counters that every change of a room updates. */
export function roomCounts(engine: Engine): Pick<VisitorStore, "roomCounts"> {
  return {
    async roomCounts(admin) {
      const asked = (["open", "resolved", "unread"] as const).map((of) => keys.count(admin, of));
      const [open = 0, resolved = 0, unread = 0] = (await engine.getMany<Deno.KvU64>(asked))
        .map(({ value }) => Number(value?.value ?? 0n));
      return { open, resolved, unread };
    },
  };
}
