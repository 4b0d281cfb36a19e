import type { RoomCounts, VisitorStore } from "../visitor_store.ts";
import { agentLoad } from "./desk/desk.ts";
import type { Link } from "./link.ts";

/** Sums the counters that triggers maintain. */
export function roomCounts(link: Link): Pick<VisitorStore, "roomCounts"> {
  return {
    async roomCounts(admin, agent) {
      const [counts] = await link.read((sql) =>
        sql<[Required<Omit<RoomCounts, "mine">>]>`
          SELECT coalesce(sum(open), 0)::bigint AS open, coalesce(sum(resolved), 0)::bigint AS resolved,
            coalesce(sum(unread), 0)::bigint AS unread, coalesce(sum(waiting), 0)::bigint AS waiting,
            coalesce(sum(bot), 0)::bigint AS bot, coalesce(sum(snoozed), 0)::bigint AS snoozed,
            coalesce(sum(unassigned), 0)::bigint AS unassigned FROM room_counts WHERE admin = ${admin}`
      );
      const { open, resolved, unread } = counts;
      if (agent === undefined) return { open, resolved, unread };
      return { ...counts, mine: await link.read((sql) => agentLoad(sql, admin, agent)) };
    },
  };
}
