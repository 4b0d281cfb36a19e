import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RoomsQuery } from "../../store.ts";
import {
  cursorAt,
  isDescending,
  type Stretch,
  stretchesOf,
  type StretchOrder,
  walkNow,
} from "../../boxes.ts";
import type { Box, BoxAsked } from "../../desk_store.ts";
import type { Candidate } from "../../rooms_page.ts";

type Page = Pick<RoomsQuery, "cursor" | "limit" | "sort">;

/** Rooms of a box in its order, after a cursor; statements are prepared when first needed. */
export function boxList(db: DatabaseSync): (admin: string, box: BoxAsked, page: Page) => Candidate[] {
  const prepared = new Map<string, { query: StatementSync; hasId: boolean }>();

  function statement(stretch: Stretch) {
    const name = `${stretch.box.kind} ${stretch.order} ${stretch.waits}`;
    const known = prepared.get(name);
    if (known) return known;
    const sql = ordered(stretch), made = { query: db.prepare(sql), hasId: sql.includes(":id") };
    prepared.set(name, made);
    return made;
  }

  return (admin, box, { cursor, limit, sort }) =>
    walkNow<Candidate>(stretchesOf(box, sort), { cursor, limit }, ({ stretch, after, limit }) => {
      const end = isDescending(stretch.order) ? Number.MAX_SAFE_INTEGER : -1;
      const place = { at: after?.number ?? end, key: after ? Number(after.key) || 0 : end };
      const { query, hasId } = statement(stretch);
      // A parameter that the statement does not have is refused.
      const rows = query.all({ admin, ...(hasId && { id: box.id ?? "" }), ...place, limit });
      return (rows as unknown as (Candidate & { number: number; key: number })[]).map(
        ({ number, key, ...row }) => ({
          ...row,
          place: cursorAt(stretch.order, { number, key: String(key) }),
        }),
      );
    });
}

/** Each source is read in list order from its index; SQLite merges them without sorting. */
function ordered({ order, box, waits }: Stretch): string {
  const arms = sources(order, box.kind, waits).map((source) =>
    `SELECT ${keyOf(order)} AS key, ${columns[order]} AS number, consumer, name, email ${source}
      AND (${columns[order]}, ${keyOf(order)}) ${isDescending(order) ? "<" : ">"} (:at, :key)`
  );
  const direction = isDescending(order) ? "DESC" : "ASC";
  return `${arms.join(" UNION ALL ")} ORDER BY number ${direction}, key ${direction} LIMIT :limit`;
}

const columns: Record<StretchOrder, string> = {
  active: "active",
  longest: "waiting_since",
  latest: "waiting_since",
  wakes: "snoozed_until",
  labelled: "at",
};
const keyOf = (order: StretchOrder) => order === "labelled" ? "room" : "key";

/** The indexes that a stretch merges. INDEXED BY prevents query plans that sort all rooms of an admin. */
function sources(order: StretchOrder, box: Box, waits: boolean | undefined): string[] {
  if (order === "labelled") {
    return [
      "FROM room_labels CROSS JOIN rooms ON rooms.key = room WHERE room_labels.admin = :admin AND label = :id",
    ];
  }
  if (order === "wakes") return [from("rooms_snoozed", "list = 4")];
  if (box === "bot") return [from("rooms_by_list", "list = 2")];
  if (order === "active") {
    const flags = waits === undefined ? [0, 1] : [Number(waits)];
    return flags.map((flag) =>
      from(byActivity[box]!.index, `is_open AND ${byActivity[box]!.where} AND waits = ${flag}`)
    );
  }
  const waiting = "is_open AND waiting_since IS NOT NULL";
  return byWaiting[box]!.flatMap(({ index, where }) =>
    where.map((one) => from(index, `${waiting} AND ${one}`))
  );
}

const from = (index: string, where: string) =>
  `FROM rooms INDEXED BY ${index} WHERE admin = :admin AND ${where}`;

const byActivity: Partial<Record<Box, { index: string; where: string }>> = {
  mine: { index: "rooms_of_agent", where: "assignee IS NOT NULL AND assignee = :id" },
  unassigned: { index: "rooms_unassigned", where: "assignee IS NULL" },
  team: { index: "rooms_of_team", where: "team IS NOT NULL AND team = :id" },
};
const ofTeam = "team IS NOT NULL AND team = :id";
const byWaiting: Partial<Record<Box, { index: string; where: string[] }[]>> = {
  mine: [{ index: "agent_waiting", where: ["assignee IS NOT NULL AND assignee = :id"] }],
  unassigned: [{
    index: "rooms_waiting",
    where: ["assigned = 0 AND teamed = 0", "assigned = 0 AND teamed = 1"],
  }],
  team: [{ index: "team_waiting", where: [`${ofTeam} AND assigned = 0`, `${ofTeam} AND assigned = 1`] }],
  waiting: [{
    index: "rooms_waiting",
    where: [0, 1].flatMap((assigned) =>
      [0, 1].map((teamed) => `assigned = ${assigned} AND teamed = ${teamed}`)
    ),
  }],
};
