import {
  cursorAt,
  isDescending,
  type Stretch,
  stretchesOf,
  type StretchOrder,
  walkSoon,
} from "../../boxes.ts";
import type { Box, BoxAsked } from "../../desk_store.ts";
import type { Candidate } from "../../rooms_page.ts";
import type { RoomsQuery } from "../../store.ts";
import type { Sql } from "../connect.ts";
import { isOpen, joinVisitors, listColumn } from "../room_row.ts";

type Page = Pick<RoomsQuery, "cursor" | "limit" | "sort"> & { box: BoxAsked };
type Listed = Candidate & { key: number; number: number };

/** Rooms of a box in its order, after a cursor. */
export function boxCandidates(
  sql: Sql,
  admin: string,
  { box, cursor, limit, sort }: Page,
): Promise<Listed[]> {
  return walkSoon<Listed>(stretchesOf(box, sort), { cursor, limit }, async ({ stretch, after, limit }) => {
    const end = isDescending(stretch.order) ? Number.MAX_SAFE_INTEGER : -1;
    const place = [after?.number ?? end, after ? Number(after.key) || 0 : end];
    const ids = idBoxes.has(box.kind) ? [box.id ?? ""] : [];
    const rows = await sql.unsafe<Listed[]>(ordered(stretch), [admin, ...place, limit, ...ids], {
      prepare: true,
    });
    return rows.map((row) => ({
      ...row,
      place: cursorAt(stretch.order, { number: row.number, key: String(row.key) }),
    }));
  });
}

const idBoxes: ReadonlySet<Box> = new Set(["mine", "team", "label"]);

/** Each source is read in list order from its index; the results are merged. */
function ordered({ order, box, waits }: Stretch): string {
  const direction = isDescending(order) ? "DESC" : "ASC";
  const by = `ORDER BY number ${direction}, key ${direction}`;
  const arms = order === "labelled" ? [labelled] : sources(order, box.kind, waits).map((source) => `
    SELECT key, ${columns[order]} AS number, admin, consumer FROM rooms WHERE admin = $1 AND ${source}
      AND (${columns[order]}, key) ${isDescending(order) ? "<" : ">"} ($2, $3)
      ORDER BY ${columns[order]} ${direction}, key ${direction} LIMIT $4`);
  return `SELECT key, number, consumer, facts ->> 'name' AS name, facts ->> 'email' AS email
    FROM (SELECT * FROM (${
    arms.map((arm) => `(${arm})`).join(" UNION ALL ")
  }) AS arms ${by} LIMIT $4) AS rooms
    ${joinVisitors} ${by}`;
}

/** OFFSET 0 forces a lookup of each room by its key. */
const labelled = `
    SELECT room AS key, at AS number, rooms.admin, rooms.consumer FROM (
      SELECT room, at FROM room_labels WHERE admin = $1 AND label = $5 AND (at, room) < ($2, $3)
      ORDER BY at DESC, room DESC LIMIT $4) AS found,
      LATERAL (SELECT admin, consumer FROM rooms WHERE rooms.key = found.room OFFSET 0) AS rooms`;

const columns: Record<StretchOrder, string> = {
  active: "active",
  longest: "waiting_since",
  latest: "waiting_since",
  wakes: "snoozed_until",
  labelled: "at",
};

/** The conditions of the indexes that a stretch merges. */
function sources(order: StretchOrder, box: Box, waits: boolean | undefined): string[] {
  if (order === "wakes") return [`${listColumn} = 'snoozed'`];
  if (box === "bot") return [`${listColumn} = 'bot'`];
  if (order !== "active") {
    return byWaiting[box]!.map((source) => `${isOpen} AND waiting_since IS NOT NULL AND ${source}`);
  }
  const flags = waits === undefined ? [0, 1] : [Number(waits)];
  return flags.map((flag) =>
    `${isOpen} AND ${byActivity[box]!} AND (waiting_since IS NOT NULL)::int = ${flag}`
  );
}

const ofAgent = "assignee IS NOT NULL AND assignee = $5", ofTeam = "team IS NOT NULL AND team = $5";
const assigned = (flag: 0 | 1) => `(assignee IS NOT NULL)::int = ${flag}`;
const teamed = (flag: 0 | 1) => `(team IS NOT NULL)::int = ${flag}`;

const byActivity: Partial<Record<Box, string>> = {
  mine: ofAgent,
  unassigned: "assignee IS NULL",
  team: ofTeam,
};
const flags = [0, 1] as const;
const byWaiting: Partial<Record<Box, string[]>> = {
  mine: [ofAgent],
  unassigned: flags.map((team) => `${assigned(0)} AND ${teamed(team)}`),
  team: flags.map((agent) => `${ofTeam} AND ${assigned(agent)}`),
  waiting: flags.flatMap((agent) => flags.map((team) => `${assigned(agent)} AND ${teamed(team)}`)),
};
