import { listNames } from "../desk.ts";
import type { Followed, FoundRoom } from "../bus.ts";
import { joinVisitors, listColumn, roomTables } from "../postgres/room_row.ts";
import type { Link } from "../postgres/link.ts";
import { nameOf } from "../room_key.ts";

/** Largest expected difference between the clocks of instances. Milliseconds. */
const clocksDifferMs = 30_000;
/** Maximum rooms per admin and list that one sweep returns, the latest first. */
const mostActive = 5_000;

const found = `rooms.admin, rooms.consumer, rooms.id, rooms.head, rooms.blocked IS NOT NULL AS "isBlocked",
  coalesce(facts ->> 'verified' = 'true', false) AS "isVerified"`;

/**
 * Current state of the followed rooms, and of rooms of followed admins that were active since `activeSince`
 * (milliseconds since 1970). Its cost depends on their number, not on the number of all rooms.
 */
export async function headsOf(
  link: Link,
  { rooms, admins }: Followed,
  activeSince: number,
): Promise<FoundRoom[]> {
  if (rooms.length === 0 && admins.length === 0) return [];
  const names = JSON.stringify(rooms.map(nameOf));
  const since = activeSince - clocksDifferMs;
  return await link.read((sql) =>
    sql<FoundRoom[]>`
      SELECT ${sql.unsafe(found)} FROM json_array_elements_text(${names}::text::json) AS w(name)
      JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name ${sql.unsafe(joinVisitors)}
      UNION ALL
      SELECT active.* FROM json_array_elements_text(${JSON.stringify(admins)}::text::json) AS a(admin),
        json_array_elements_text(${JSON.stringify(listNames)}::text::json) AS l(list), LATERAL (
          SELECT ${sql.unsafe(found)} FROM ${sql.unsafe(roomTables)}
          WHERE rooms.admin = a.admin AND ${sql.unsafe(listColumn)} = l.list AND rooms.active > ${since}
          ORDER BY rooms.active DESC LIMIT ${mostActive}) AS active`
  );
}
