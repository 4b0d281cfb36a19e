import type { DatabaseSync } from "node:sqlite";
import type { RoomCounts, VisitorStore } from "../visitor_store.ts";
import type { DeferredRoomRows } from "./deferred_room_rows.ts";
import { reading } from "./engine_errors.ts";

/** Reads the counters that triggers maintain, after the deferred rows are written. */
export function roomCounts(
  db: DatabaseSync,
  deferredRows: DeferredRoomRows,
): Pick<VisitorStore, "roomCounts"> {
  const find = db.prepare("SELECT open, resolved, unread FROM room_counts WHERE admin = ?");
  return {
    async roomCounts(admin) {
      await deferredRows.settled();
      return reading(() => ({
        open: 0,
        resolved: 0,
        unread: 0,
        ...find.get(admin) as RoomCounts | undefined,
      }));
    },
  };
}
