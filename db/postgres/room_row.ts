import type { RoomStatus } from "../../protocol/records.ts";
import { visitors } from "../collections/visitors.ts";
import type { RoomRecord } from "../store.ts";

/** A row of `roomColumns`. */
export interface RoomRow {
  key: number;
  id: string;
  admin: string;
  consumer: string;
  status: RoomStatus;
  status_by: string | null;
  status_at: number | null;
  created: number;
  active: number;
  head: number;
  read_admin: number;
  read_visitor: number;
  blocked: number | null;
  name: string | null;
  email: string | null;
  verified: boolean | null;
}

/** What the host site has signed, else what agents wrote, else what the visitor says: as `profileOf` has it. */
const profileColumn = (field: "name" | "email") => {
  const said = `facts ->> '${field}'`, written = `facts -> 'contact' ->> '${field}'`;
  return `CASE WHEN (facts ->> 'verified')::boolean THEN coalesce(${said}, ${written})
    ELSE coalesce(${written}, ${said}) END AS ${field}`;
};
/** Name and email of a visitor, from its record. */
export const profileColumns = `${profileColumn("name")}, ${profileColumn("email")}`;

export const roomColumns = [
  ...["key", "id", "admin", "consumer", "status", "status_by", "status_at", "created", "active", "head"],
  ...["read_admin", "read_visitor", "blocked"],
].map((column) => `rooms.${column}`).join(", ") +
  `, ${profileColumns}, (facts ->> 'verified')::boolean AS verified`;

/**
 * Joins the visitor's record to each row of `rooms`, as `facts`. OFFSET 0 forces a lookup by key: with
 * outdated statistics the planner scanned all visitors for a single room.
 */
export const joinVisitors = `
  LEFT JOIN LATERAL (SELECT value::json AS facts FROM records WHERE records.collection = '${visitors.name}'
    AND records.key = convert_to(rooms.admin, 'UTF8') || '\\x00' || convert_to(rooms.consumer, 'UTF8') || '\\x00'
  OFFSET 0) AS visitors ON true`;

/** The FROM clause of `roomColumns`. The visitor's profile is stored only in the visitor's record. */
export const roomTables = `rooms ${joinVisitors}`;

/** Converts a row to a `RoomRecord`. */
export function toRecord(row: RoomRow): RoomRecord {
  const { id, admin, consumer, status, created, active, head } = row;
  const visitor = visitorOf(row);
  return {
    ...{ id, admin, consumer, status, created, active, head },
    ...(row.status_by !== null && { statusBy: row.status_by }),
    ...(row.status_at !== null && { statusAt: row.status_at }),
    read: { admin: row.read_admin, visitor: row.read_visitor },
    ...(visitor && { visitor }),
    ...(row.blocked !== null && { blocked: row.blocked }),
  };
}

function visitorOf({ name, email, verified }: RoomRow): RoomRecord["visitor"] {
  if (name === null && email === null && !verified) return undefined;
  return { ...(name !== null && { name }), ...(email !== null && { email }), verified: verified === true };
}
