import type { RoomCounts, VisitorStore } from "../visitor_store.ts";
import type { Link } from "./link.ts";

/** Sums the counters that triggers maintain. */
export function roomCounts(link: Link): Pick<VisitorStore, "roomCounts"> {
  return {
    async roomCounts(admin) {
      const [counts] = await link.read((sql) =>
        sql<[RoomCounts]>`
          SELECT coalesce(sum(open), 0)::bigint AS open, coalesce(sum(resolved), 0)::bigint AS resolved,
            coalesce(sum(unread), 0)::bigint AS unread FROM room_counts WHERE admin = ${admin}`
      );
      return { ...counts };
    },
  };
}
