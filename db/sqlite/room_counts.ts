import type { DatabaseSync } from "node:sqlite";
import type { RoomCounts, VisitorStore } from "../visitor_store.ts";
import { agentLoad } from "./desk/desk.ts";
import type { DeferredRoomRows } from "./deferred_room_rows.ts";
import { reading } from "./engine_errors.ts";

/** Reads the counters that triggers maintain, after the deferred rows are written. */
export function roomCounts(
  db: DatabaseSync,
  deferredRows: DeferredRoomRows,
): Pick<VisitorStore, "roomCounts"> {
  const find = db.prepare("SELECT open, resolved, unread FROM room_counts WHERE admin = ?");
  const findBoxes = db.prepare("SELECT waiting, bot, snoozed, unassigned FROM room_counts WHERE admin = ?");
  const loadOf = agentLoad(db);
  const none = { open: 0, resolved: 0, unread: 0 };
  const emptyBoxes = { waiting: 0, bot: 0, snoozed: 0, unassigned: 0 };
  return {
    async roomCounts(admin, agent) {
      await deferredRows.settled();
      return reading(() => {
        const counts: RoomCounts = { ...none, ...find.get(admin) };
        if (agent === undefined) return counts;
        return { ...counts, ...emptyBoxes, ...findBoxes.get(admin), mine: loadOf(admin, agent) };
      });
    },
  };
}
