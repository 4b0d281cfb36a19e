import { nameOf } from "../room_key.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorStore } from "../visitor_store.ts";
import type { Link } from "./link.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import { findRoom } from "./rooms.ts";

/** Blocks and unblocks visitors; the flag is a column of the room's row. */
export function blocks(link: Link): Pick<VisitorStore, "blockVisitor" | "unblockVisitor" | "blockedRooms"> {
  async function set(key: RoomKey, at: number | null): Promise<RoomRecord | undefined> {
    await link.repeatable((sql) =>
      sql`UPDATE rooms SET blocked = CASE WHEN ${at}::bigint IS NULL THEN NULL ELSE coalesce(blocked, ${at}::bigint) END
        WHERE admin || ' ' || consumer = ${nameOf(key)}`
    );
    return await link.read((sql) => findRoom(sql, key));
  }

  return {
    blockVisitor: (key, at) => set(key, at),
    unblockVisitor: (key) => set(key, null),
    async blockedRooms(admin, limit) {
      const rows = await link.read((sql) =>
        sql<RoomRow[]>`SELECT ${sql.unsafe(roomColumns)} FROM ${sql.unsafe(roomTables)}
          WHERE rooms.admin = ${admin} AND blocked IS NOT NULL ORDER BY blocked DESC, key DESC LIMIT ${limit}`
      );
      return rows.map(toRecord);
    },
  };
}
