import { newAttemptId } from "../../attempt_id.ts";
import { type Claiming, claimNextOf } from "../../claiming.ts";
import { checkChange, deskAfter, holds, isWaiting } from "../../desk.ts";
import type { DeskChanged, DeskStore } from "../../desk_store.ts";
import { nameOf } from "../../room_key.ts";
import type { RoomKey, RoomRecord } from "../../store.ts";
import type { Sql } from "../connect.ts";
import type { Link } from "../link.ts";
import { commitIn } from "../records.ts";
import { deskColumns, isOpen, roomColumns, type RoomRow, roomTables, toRecord } from "../room_row.ts";
import type { Transaction } from "../transaction.ts";

/** A team's work on its rooms: changes, claims, and what is due. */
export function desk(link: Link): DeskStore {
  const claiming: Claiming = {
    load: (workspace, agent) => link.read((sql) => agentLoad(sql, workspace, agent)),
    longestWaiting: (workspace, teams) => link.read((sql) => longestWaiting(sql, workspace, teams)),
    claim: (room, by) =>
      undoing<"full" | "lost", RoomRecord>(link, async (sql) => {
        // Claims of one agent, of all processes, one after the other: each counts the one before.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`load ${room.admin} ${by.agent}`}, 0))`;
        const locked = await lockRoom(sql, room, "SKIP LOCKED");
        if (!locked || !isWaiting(locked.room) || locked.room.assignee !== undefined) {
          throw new Undone("lost");
        }
        if (await agentLoad(sql, room.admin, by.agent) >= by.capacity) throw new Undone("full");
        const after = { ...locked.room, assignee: by.agent };
        if (!await commitIn(sql, by.commit, newAttemptId())) throw new Undone("lost");
        await save(sql, locked.key, after);
        return after;
      }),
  };

  return {
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async changeDesk(key, change) {
      const { expect, set, commit, at } = checkChange(change);
      return undoing<DeskChanged, DeskChanged>(link, async (sql) => {
        const locked = await lockRoom(sql, key);
        if (!locked) throw new Undone({ conflict: "expect" });
        if (!holds(locked.room, expect)) throw new Undone({ conflict: "expect", room: locked.room });
        const room = deskAfter(locked.room, set, at);
        if (!await commitIn(sql, commit, newAttemptId())) throw new Undone({ conflict: "records" });
        await save(sql, locked.key, room);
        return { room };
      });
    },
    ...claimNextOf(claiming),
    load: claiming.load,
    dueRooms: (at, limit) => link.read((sql) => dueRooms(sql, at, limit)),
  };
}

/** Thrown to roll back the transaction; `answer` is its result. */
class Undone<T> extends Error {
  constructor(readonly answer: T) {
    super("Rolled back");
  }
}

/** Runs `work` in a transaction; if it throws `Undone`, nothing is changed and its answer is returned. */
async function undoing<U, T>(link: Link, work: (sql: Transaction) => Promise<T>): Promise<T | U> {
  const outcome = await link.transaction(work).then(
    (answer) => ({ answer }),
    (error) => {
      if (error instanceof Undone) return { answer: error.answer as U };
      throw error;
    },
  );
  return outcome.answer;
}

/** Locks and reads a room, after the commits of earlier lock holders; undefined if it does not exist. */
async function lockRoom(
  sql: Transaction,
  key: RoomKey,
  others: "" | "SKIP LOCKED" = "",
): Promise<{ key: number; room: RoomRecord } | undefined> {
  const [row] = await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM ${sql.unsafe(roomTables)}
    WHERE rooms.admin || ' ' || rooms.consumer = ${nameOf(key)} FOR UPDATE OF rooms ${sql.unsafe(others)}`;
  return row && { key: row.key, room: toRecord(row) };
}

async function save(sql: Transaction, key: number, room: RoomRecord): Promise<void> {
  const columns = { ...deskColumns(room), read_admin: room.read.admin };
  await sql`UPDATE rooms SET ${sql(columns)} WHERE key = ${key}`;
}

/** Sums the counters that triggers maintain. */
export async function agentLoad(sql: Sql | Transaction, workspace: string, agent: string): Promise<number> {
  const [row] = await sql`
    SELECT coalesce(sum(load), 0)::bigint AS load FROM agent_loads WHERE admin = ${workspace} AND agent = ${agent}`;
  return row!.load;
}

async function longestWaiting(
  sql: Sql,
  workspace: string,
  teams: readonly (string | null)[],
): Promise<RoomRecord | undefined> {
  const named = teams.filter((team) => team !== null);
  const first = `SELECT key, waiting_since FROM rooms WHERE admin = $1 AND ${isOpen}
    AND waiting_since IS NOT NULL AND (assignee IS NOT NULL)::int = 0`;
  const order = "ORDER BY waiting_since, key LIMIT 1";
  const arms = [
    ...teams.includes(null) ? [`(${first} AND (team IS NOT NULL)::int = 0 ${order})`] : [],
    `(SELECT found.* FROM json_array_elements_text($2::text::json) AS t(name), LATERAL (
      ${first} AND team IS NOT NULL AND team = t.name ${order}) AS found)`,
  ];
  const [row] = await sql.unsafe<RoomRow[]>(
    `SELECT ${roomColumns} FROM (SELECT key FROM (${arms.join(" UNION ALL ")}) AS firsts ${order}) AS found
      JOIN ${roomTables} ON rooms.key = found.key`,
    [workspace, JSON.stringify(named)],
    { prepare: true },
  );
  return row && toRecord(row);
}

async function dueRooms(sql: Sql, at: number, limit: number): Promise<RoomRecord[]> {
  const source = (column: string) =>
    `(SELECT key, ${column} AS at FROM rooms WHERE ${column} IS NOT NULL AND ${column} <= $1
      ORDER BY ${column}, key LIMIT $2)`;
  const rows = await sql.unsafe<RoomRow[]>(
    `SELECT ${roomColumns} FROM (
      SELECT key, min(at) AS at FROM (${
      ["due_at", "snoozed_until", "bot_due_at"].map(source).join(" UNION ALL ")
    }) AS found
      GROUP BY key ORDER BY at, key LIMIT $2) AS due JOIN ${roomTables} ON rooms.key = due.key
      ORDER BY due.at, due.key`,
    [at, limit],
    { prepare: true },
  );
  return rows.map(toRecord);
}
