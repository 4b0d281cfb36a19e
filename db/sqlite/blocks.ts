import type { DatabaseSync } from "node:sqlite";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorStore } from "../visitor_store.ts";
import { roomColumns, type RoomRow, toRecord } from "./room_row.ts";
import { reading } from "./engine_errors.ts";
import type { WriteQueue } from "./write_queue.ts";

/** Blocks and unblocks visitors; the flag is a column of the room's row. */
export function blocks(
  db: DatabaseSync,
  queue: WriteQueue,
): Pick<VisitorStore, "blockVisitor" | "unblockVisitor" | "blockedRooms"> {
  const update = db.prepare("UPDATE rooms SET blocked = ? WHERE key = ?");
  const list = db.prepare(`SELECT ${roomColumns} FROM rooms
    WHERE admin = ? AND blocked IS NOT NULL ORDER BY blocked DESC, key DESC LIMIT ?`);

  const set = (key: RoomKey, next: (room: RoomRow) => number | null): Promise<RoomRecord | undefined> =>
    queue.write((rooms) => {
      const room = rooms.get(key);
      if (!room) return undefined;
      const after = { ...room, blocked: next(room) };
      update.run(after.blocked, room.key);
      rooms.put(after);
      return toRecord(after);
    });

  return {
    blockVisitor: (key, at) => set(key, (room) => room.blocked ?? at),
    unblockVisitor: (key) => set(key, () => null),
    blockedRooms: (admin, limit) =>
      reading(() => list.all(admin, limit).map((row) => toRecord(row as unknown as RoomRow))),
  };
}
