import { Unavailable } from "../errors.ts";
import { newRoomId } from "../room_id.ts";
import type { RoomKey, RoomRecord, Store } from "../store.ts";
import { nameOf } from "../room_name.ts";
import type { Link } from "./link.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import type { Sql } from "./connect.ts";

export function rooms(link: Link): Pick<Store, "openRoom" | "room"> {
  return {
    openRoom: (key, at) => link.run((sql) => openRoom(sql, key, at)),
    room: (key) => link.read((sql) => findRoom(sql, key)),
  };
}

async function openRoom(sql: Sql, key: RoomKey, at: number): Promise<{ room: RoomRecord; created: boolean }> {
  const made = await sql`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
    VALUES (${newRoomId()}, ${key.admin}, ${key.consumer}, 'open', ${at}, ${at}, 0, 0, 0)
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING`;
  const room = await findRoom(sql, key);
  if (!room) throw new Unavailable("The room came and went");
  return { room, created: made.count > 0 };
}

export async function findRoom(sql: Sql, key: RoomKey): Promise<RoomRecord | undefined> {
  const [row] = await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM ${sql.unsafe(roomTables)}
    WHERE rooms.admin || ' ' || rooms.consumer = ${nameOf(key)}`;
  return row && toRecord(row);
}
