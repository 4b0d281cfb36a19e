import type { DatabaseSync } from "node:sqlite";
import type { RoomCounts, VisitorStore } from "../visitor_store.ts";
import type { Settling } from "./settling.ts";
import { reading } from "./trouble.ts";

export function roomCounts(db: DatabaseSync, settling: Settling): Pick<VisitorStore, "roomCounts"> {
  const find = db.prepare("SELECT open, resolved, unread FROM room_counts WHERE admin = ?");
  return {
    async roomCounts(admin) {
      await settling.settled();
      return reading(() => ({
        open: 0,
        resolved: 0,
        unread: 0,
        ...find.get(admin) as RoomCounts | undefined,
      }));
    },
  };
}
