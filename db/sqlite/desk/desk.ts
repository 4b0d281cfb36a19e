import type { DatabaseSync } from "node:sqlite";
import { newAttemptId } from "../../attempt_id.ts";
import { type Claiming, claimNextOf } from "../../claiming.ts";
import { checkChange, deskAfter, holds, isWaiting } from "../../desk.ts";
import type { DeskChanged, DeskStore } from "../../desk_store.ts";
import type { DeferredRoomRows } from "../deferred_room_rows.ts";
import { reading } from "../engine_errors.ts";
import type { RecordTable } from "../records.ts";
import type { RoomDrafts } from "../room_drafts.ts";
import type { RoomMemory } from "../room_memory.ts";
import { type RoomRow, toRecord, withDesk } from "../room_row.ts";
import type { RoomKey, RoomRecord } from "../../store.ts";
import type { WriteQueue } from "../write_queue.ts";

interface Parts {
  db: DatabaseSync;
  queue: WriteQueue;
  memory: RoomMemory;
  table: RecordTable;
  deferredRows: DeferredRoomRows;
}

/** A team's work on its rooms: changes, claims, and what is due. */
export function desk({ db, queue, memory, table, deferredRows }: Parts): DeskStore {
  const update = db.prepare(
    "UPDATE rooms SET assignee = ?, team = ?, labels = ?, due_at = ?, snoozed_until = ? WHERE key = ?",
  );
  const loadOf = agentLoad(db), longest = longestWaiting(db), due = dueRows(db);
  const recordOf = (key: RoomKey) => {
    const row = memory.get(key);
    return row && toRecord(row);
  };

  /** Writes a room's new state; its other columns follow at the end of the transaction. */
  function save(rooms: RoomDrafts, before: RoomRow, room: RoomRecord): void {
    const { assignee, team, labels, dueAt, snoozedUntil, key, ...rest } = withDesk(before, room);
    update.run(assignee, team, labels, dueAt, snoozedUntil, key);
    rooms.put({ ...rest, assignee, team, labels, dueAt, snoozedUntil, key });
  }

  const claiming: Claiming = {
    async load(workspace, agent) {
      await deferredRows.settled();
      return reading(() => loadOf(workspace, agent));
    },
    async longestWaiting(workspace, teams) {
      await deferredRows.settled();
      return reading(() => {
        const consumer = longest(workspace, teams);
        return consumer === undefined ? undefined : recordOf({ admin: workspace, consumer });
      });
    },
    claim: ({ admin, consumer }, { agent, capacity, commit }) => {
      const version = newAttemptId();
      return queue.write((rooms): RoomRecord | "full" | "lost" => {
        const row = rooms.get({ admin, consumer });
        const room = row && toRecord(row);
        if (!room || !isWaiting(room) || room.assignee !== undefined) return "lost";
        if (loadOf(admin, agent) >= capacity) return "full";
        if (!table.apply(commit, version)) return "lost";
        const after = { ...room, assignee: agent };
        save(rooms, row, after);
        return after;
      });
    },
  };

  return {
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async changeDesk(key, change) {
      const { expect, set, commit, at } = checkChange(change), version = newAttemptId();
      return queue.write((rooms): DeskChanged => {
        const row = rooms.get(key);
        if (!row) return { conflict: "expect" };
        const room = toRecord(row);
        if (!holds(room, expect)) return { conflict: "expect", room };
        const after = deskAfter(room, set, at);
        if (!table.apply(commit, version)) return { conflict: "records" };
        save(rooms, row, after);
        return { room: after };
      });
    },
    ...claimNextOf(claiming),
    load: claiming.load,
    async dueRooms(at, limit) {
      await deferredRows.settled();
      return reading(() => due(at, limit).map((key) => recordOf(key)!));
    },
  };
}

/** Prepares the lookup of an agent's load, which triggers maintain. */
export function agentLoad(db: DatabaseSync): (admin: string, agent: string) => number {
  const find = db.prepare("SELECT load FROM agent_loads WHERE admin = ? AND agent = ?");
  return (admin, agent) => (find.get(admin, agent)?.load as number | undefined) ?? 0;
}

/** Finds the consumer of the unassigned room of these teams that has waited longest. */
function longestWaiting(db: DatabaseSync) {
  const first = (index: string, where: string) =>
    db.prepare(`SELECT consumer, waiting_since AS since FROM rooms INDEXED BY ${index}
      WHERE admin = ? AND ${where} AND assigned = 0 AND is_open AND waiting_since IS NOT NULL
      ORDER BY waiting_since, key LIMIT 1`);
  const withoutTeam = first("rooms_waiting", "teamed = 0");
  const ofTeam = first("team_waiting", "team IS NOT NULL AND team = ?");
  return (workspace: string, teams: readonly (string | null)[]): string | undefined => {
    const firsts = [...new Set(teams)].map((team) =>
      team === null ? withoutTeam.get(workspace) : ofTeam.get(workspace, team)
    ) as ({ consumer: string; since: number } | undefined)[];
    return firsts.filter((one) => one !== undefined).sort((a, b) => a.since - b.since)[0]?.consumer;
  };
}

/** Finds rooms that are due, the oldest first, each once. */
function dueRows(db: DatabaseSync): (at: number, limit: number) => RoomKey[] {
  const source = (column: string, index: string) =>
    `SELECT * FROM (SELECT admin, consumer, ${column} AS at FROM rooms INDEXED BY ${index}
      WHERE ${column} IS NOT NULL AND ${column} <= :at ORDER BY ${column} LIMIT :limit)`;
  const find = db.prepare(`SELECT admin, consumer, min(at) AS at FROM (
    ${
    [
      source("due_at", "rooms_due"),
      source("snoozed_until", "rooms_waking"),
      source("bot_due_at", "rooms_of_bot"),
    ]
      .join(" UNION ALL ")
  })
    GROUP BY admin, consumer ORDER BY at, admin, consumer LIMIT :limit`);
  return (at, limit) => find.all({ at, limit }) as unknown as RoomKey[];
}
