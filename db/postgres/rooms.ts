import { newRoomId } from "../room_id.ts";
import type { RoomKey, Store } from "../store.ts";
import { nameOf } from "../room_name.ts";
import type { Link } from "./link.ts";
import { roomColumns, type RoomRow, toRecord } from "./room_row.ts";
import type { Sql } from "./connect.ts";

export function rooms(link: Link): Pick<Store, "openRoom" | "room"> {
  return {
    async openRoom(key, at) {
      const id = newRoomId();
      const room = await link.run((sql) => insertRoom(sql, key, { id, at }));
      return { room: toRecord(room), created: room.id === id };
    },
    async room(key) {
      const row = await link.read((sql) => findRoom(sql, key));
      return row && toRecord(row);
    },
  };
}

async function insertRoom(
  sql: Sql,
  { admin, consumer }: RoomKey,
  { id, at }: { id: string; at: number },
): Promise<RoomRow> {
  const [made] = await sql<RoomRow[]>`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
    VALUES (${id}, ${admin}, ${consumer}, 'open', ${at}, ${at}, 0, 0, 0, false)
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING RETURNING ${sql.unsafe(roomColumns)}`;
  return made ?? await findRoom(sql, { admin, consumer }) as RoomRow;
}

async function findRoom(sql: Sql, key: RoomKey): Promise<RoomRow | undefined> {
  const [row] = await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM rooms WHERE admin || ' ' || consumer = ${nameOf(key)}`;
  return row;
}
