import type { RoomFilter } from "../../protocol/frames.ts";
import { ByteBudget, cutAt } from "../byte_budget.ts";
import { type ListName, listNames, openLists } from "../desk.ts";
import { type Candidate, choose, takeRoom, windowOf } from "../rooms_page.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { RoomsPage, RoomsQuery, Store } from "../store.ts";
import type { Sql } from "./connect.ts";
import { boxCandidates } from "./desk/box_list.ts";
import type { Link } from "./link.ts";
import { messageBytes, messageColumns } from "./message_pages.ts";
import {
  joinVisitors,
  listColumn,
  profileColumns,
  roomColumns,
  type RoomRow,
  roomTables,
  toRecord,
} from "./room_row.ts";

interface Listed extends Candidate {
  key: number;
}

type Full = RoomRow & { messages: StoredMessage[] | null };

/** Pages of an admin's rooms with their newest messages. */
export function roomList(link: Link): Pick<Store, "rooms"> {
  return { rooms: (admin, query) => link.read((sql) => page(sql, admin, query)) };
}

async function page(sql: Sql, admin: string, query: RoomsQuery): Promise<RoomsPage> {
  const { found, cursor } = choose(await candidates(sql, admin, query), query);
  const rooms: RoomsPage["rooms"] = [], budget = new ByteBudget(query.bytes);
  let last: Listed | undefined;
  for (let i = 0; i < found.length; i += roomsAtOnce) {
    const some = found.slice(i, i + roomsAtOnce);
    const full = await withMessages(sql, some.map(({ key }) => key), query);
    for (const candidate of some) {
      const one = full.get(candidate.key);
      if (one && !takeRoom(budget, one)) return { rooms, cursor: last!.place };
      if (one) rooms.push(one);
      last = candidate;
    }
  }
  return cursor === undefined ? { rooms } : { rooms, cursor };
}

/** Rooms whose messages are read per query: some rooms have long messages. */
const roomsAtOnce = 50;

function candidates(sql: Sql, admin: string, query: RoomsQuery): Promise<Listed[]> {
  const limit = windowOf(query) + 1;
  if (query.box) return boxCandidates(sql, admin, { ...query, box: query.box, limit });
  const { active, key } = placeOf(query.cursor);
  const arms = sources[query.filter].map((source) => `
    (SELECT key, active, admin, consumer FROM rooms WHERE admin = $1 AND ${source} AND (active, key) < ($2, $3)
      ORDER BY active DESC, key DESC LIMIT $4)`);
  return sql.unsafe<Listed[]>(
    `SELECT key, active || '.' || key AS place, consumer, ${profileColumns}
      FROM (SELECT * FROM (${
      arms.join(" UNION ALL ")
    }) AS arms ORDER BY active DESC, key DESC LIMIT $4) AS rooms
      ${joinVisitors} ORDER BY active DESC, key DESC`,
    [admin, active, key, limit],
    { prepare: true },
  );
}

const inList = (list: ListName) => `${listColumn} = '${list}'`;
/** Each source is read in list order from its index; the results are merged. */
const sources: Record<RoomFilter, string[]> = {
  open: openLists.map(inList),
  resolved: [inList("resolved")],
  unread: ["head > read_admin"],
  all: listNames.map(inList),
};

function placeOf(cursor: string | undefined): { active: number; key: number } {
  const [, active, key] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? "") ?? [];
  return active && key
    ? { active: Number(active), key: Number(key) }
    : { active: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER };
}

/** One statement, so that a room's head and its newest messages come from one snapshot. */
async function withMessages(
  sql: Sql,
  keys: number[],
  { messages, roomBytes }: Pick<RoomsQuery, "messages" | "roomBytes">,
) {
  const rows = keys.length === 0 ? [] : await sql<Full[]>`
    SELECT ${sql.unsafe(roomColumns)}, newest.messages FROM ${sql.unsafe(roomTables)}, LATERAL (
      SELECT json_agg(page ORDER BY seq) FILTER (WHERE before < ${
    Math.min(roomBytes ?? Infinity, 2 ** 31 - 1)
  }) AS messages FROM (
        SELECT ${sql.unsafe(messageColumns)}, sum(${sql.unsafe(messageBytes)}) OVER (ORDER BY seq DESC) - (${
    sql.unsafe(messageBytes)
  }) AS before
        FROM messages WHERE room = rooms.key ORDER BY seq DESC LIMIT ${messages}
      ) AS page
    ) AS newest WHERE key = ANY(${`{${keys.join()}}`}::bigint[])`;
  return new Map(rows.map((row) => {
    const room = toRecord(row);
    const newest = (row.messages ?? []).map((stored) => wireMessage(room, stored)).reverse();
    return [row.key, { room, messages: cutAt(newest, roomBytes).reverse() }];
  }));
}
