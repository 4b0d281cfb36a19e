import type { VisitorStore } from "../visitor_store.ts";
import type { Engine } from "./engine.ts";
import { counters, keys } from "./keys.ts";

/** Reads the counters that every change of a room updates. */
export function roomCounts(engine: Engine): Pick<VisitorStore, "roomCounts"> {
  return {
    async roomCounts(admin, agent) {
      const load = agent === undefined ? [] : [keys.load(admin, agent)];
      const [open, resolved, unread, waiting, bot, snoozed, unassigned, mine] = (await engine
        .getMany<Deno.KvU64>([...counters.map((of) => keys.count(admin, of)), ...load]))
        .map(({ value }) => Number(value?.value ?? 0n)) as [number, number, number, ...number[]];
      if (agent === undefined) return { open, resolved, unread };
      return { open, resolved, unread, waiting, bot, snoozed, unassigned, mine };
    },
  };
}
