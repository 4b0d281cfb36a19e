import { aliases } from "../collections/aliases.ts";
import { Moved, Unavailable } from "../errors.ts";
import { nameOf, newRoomId } from "../room_key.ts";
import type { RoomKey, RoomRecord, Store } from "../store.ts";
import type { Link } from "./link.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import type { Sql } from "./connect.ts";

/** Creates and reads rooms. */
export function rooms(link: Link): Pick<Store, "openRoom" | "room"> {
  return {
    openRoom(key, at) {
      const id = newRoomId();
      return link.repeatable((sql) => openRoom(sql, { ...key, id, at }));
    },
    room: (key) => link.read((sql) => findRoom(sql, key)),
  };
}

async function openRoom(
  sql: Sql,
  { id, at, ...key }: RoomKey & { id: string; at: number },
): Promise<{ room: RoomRecord; created: boolean }> {
  await sql`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
    VALUES (${id}, ${key.admin}, ${key.consumer}, 'open', ${at}, ${at}, 0, 0, 0)
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING`;
  const into = await aliasOf(sql, key);
  if (into !== undefined) {
    await sql`DELETE FROM rooms WHERE id = ${id} AND head = 0`;
    throw new Moved(into);
  }
  const room = await findRoom(sql, key);
  if (!room) throw new Unavailable("The room came and went");
  return { room, created: room.id === id };
}

/** Reads a room; undefined if it does not exist. */
export async function findRoom(sql: Sql, key: RoomKey): Promise<RoomRecord | undefined> {
  const [row] = await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM ${sql.unsafe(roomTables)}
    WHERE rooms.admin || ' ' || rooms.consumer = ${nameOf(key)}`;
  return row && toRecord(row);
}

/** The consumer id that another one leads to. */
async function aliasOf(sql: Sql, { admin, consumer }: RoomKey): Promise<string | undefined> {
  const [alias] = await sql`SELECT value::json ->> 'into' AS into FROM records
    WHERE collection = ${aliases.name} AND key =
      convert_to(${admin}, 'UTF8') || '\\x00' || convert_to(${consumer}, 'UTF8') || '\\x00'`;
  return alias?.into as string | undefined;
}
