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
  assignee: string | null;
  team: string | null;
  /** JSON: pairs of a label's id and the time of labelling. */
  labels: string | null;
  snoozed_until: number | null;
  waiting_since: number | null;
  due_at: number | null;
  bot_due_at: number | null;
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
  ...["assignee", "team", "labels", "snoozed_until", "waiting_since", "due_at", "bot_due_at"],
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

/** Conditions and expressions as the indexes have them. */
export const isOpen = "(rooms.status IN ('open', 'waiting') AND rooms.snoozed_until IS NULL)";
export const listColumn =
  "(CASE WHEN rooms.status <> 'resolved' AND rooms.snoozed_until IS NOT NULL THEN 'snoozed' ELSE rooms.status END)";

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
    ...(row.waiting_since !== null && { waitingSince: row.waiting_since }),
    ...(row.snoozed_until !== null && { snoozedUntil: row.snoozed_until }),
    ...(row.assignee !== null && { assignee: row.assignee }),
    ...(row.team !== null && { team: row.team }),
    ...(row.due_at !== null && { dueAt: row.due_at }),
    ...(row.bot_due_at !== null && { botDueAt: row.bot_due_at }),
    ...(row.labels !== null && labelsOf(row.labels)),
  };
}

function labelsOf(json: string): Pick<RoomRecord, "labels" | "labelledAt"> {
  const pairs = JSON.parse(json) as [string, number][];
  return { labels: pairs.map(([label]) => label), labelledAt: pairs.map(([, at]) => at) };
}

/** The columns of a room that its team sets. */
export function deskColumns(room: RoomRecord) {
  const { assignee = null, team = null, labels, labelledAt } = room;
  const { snoozedUntil = null, dueAt = null, botDueAt = null } = room;
  const pairs = labels?.map((label, i) => [label, labelledAt![i]]);
  const json = pairs ? JSON.stringify(pairs) : null;
  return { assignee, team, labels: json, snoozed_until: snoozedUntil, due_at: dueAt, bot_due_at: botDueAt };
}

function visitorOf({ name, email, verified }: RoomRow): RoomRecord["visitor"] {
  if (name === null && email === null && !verified) return undefined;
  return { ...(name !== null && { name }), ...(email !== null && { email }), verified: verified === true };
}
