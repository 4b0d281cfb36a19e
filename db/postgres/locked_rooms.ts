import type { Answer } from "../append_condition.ts";
import { aliases } from "../collections/aliases.ts";
import { isEdit } from "../edits.ts";
import { nameOf, newRoomId } from "../room_key.ts";
import { type Attempt, draftOf, type OpenRoom, roomOf } from "../room_write.ts";
import type { MessageRow } from "./known_messages.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import type { Transaction } from "./transaction.ts";

/** A room whose row is locked by this transaction. */
export type LockedRoom = OpenRoom & { key: number };

/**
 * Creates missing rooms of drafts, unless the draft requires an existing one; returns the ids of created
 * rooms.
 */
export async function makeRooms(
  sql: Transaction,
  batch: Attempt[],
  mayBeNew: (room: string) => boolean,
): Promise<Set<string>> {
  const drafts = batch.flatMap(({ write }) => draftOf(write) ?? []).filter((draft) =>
    !draft.onlyIf?.status && !isEdit(draft) && mayBeNew(nameOf(draft))
  );
  if (!drafts.length) return new Set();
  const first = new Map(drafts.toReversed().map((draft) => [nameOf(draft), draft]));
  // Sorted: two transactions that create the same two rooms would otherwise deadlock.
  const names = [...first.keys()].sort();
  const rows = names.map((name) => {
    const { admin, consumer, at } = first.get(name)!;
    return { id: newRoomId(), admin, consumer, at };
  });
  const made = await sql`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
    SELECT id, admin, consumer, 'open', at, at, 0, 0, 0
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS r(id text, admin text, consumer text, at bigint)
    WHERE NOT EXISTS (${isAlias(sql, "r")})
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING RETURNING id`;
  return new Set(made.map((row) => row.id as string));
}

/** SQL of the alias record under the consumer id of a row. */
const isAlias = (sql: Transaction, row: string) =>
  sql`SELECT FROM records WHERE records.collection = ${aliases.name} AND records.key =
    convert_to(${sql(row)}.admin, 'UTF8') || '\\x00' || convert_to(${sql(row)}.consumer, 'UTF8') || '\\x00'`;

/**
 * The aliases among the consumer ids of drafts whose rooms may be new, by name. Async so that the statement is
 * sent by the call: after the one that makes the rooms, so it sees what that one did not.
 */
export async function findAliases(
  sql: Transaction,
  batch: Attempt[],
  mayBeNew: (room: string) => boolean,
): Promise<Map<string, string>> {
  const names = new Map(
    batch.flatMap(({ write }) => draftOf(write) ?? []).filter((draft) => mayBeNew(nameOf(draft)))
      .map(({ admin, consumer }) => [nameOf({ admin, consumer }), { admin, consumer }]),
  );
  if (names.size === 0) return new Map();
  const rows = await sql<{ admin: string; consumer: string; into: string }[]>`
    SELECT r.admin, r.consumer, value::json ->> 'into' AS into
    FROM json_to_recordset(${JSON.stringify([...names.values()])}::text::json) AS r(admin text, consumer text)
    JOIN records ON records.collection = ${aliases.name} AND records.key =
      convert_to(r.admin, 'UTF8') || '\\x00' || convert_to(r.consumer, 'UTF8') || '\\x00'`;
  return new Map(rows.map((row) => [nameOf(row), row.into]));
}

/**
 * Locks and reads the existing rooms of a batch; without `wait`, skips rooms locked by another transaction.
 * Async so that the statement is sent by the call: a returned query is sent only when awaited, after the
 * statements that rely on the lock.
 */
export async function lockRooms(sql: Transaction, batch: Attempt[], wait: boolean): Promise<RoomRow[]> {
  const names = JSON.stringify([...new Set(batch.map(roomOf))]);
  return await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM json_array_elements_text(${names}::text::json) AS wanted(name)
    JOIN ${sql.unsafe(roomTables)} ON rooms.admin || ' ' || rooms.consumer = wanted.name
    FOR UPDATE OF rooms ${wait ? sql`` : sql`SKIP LOCKED`}`;
}

/**
 * Combines a locked row with the answers that its conditions depend on; `made`: ids of the rooms created by
 * this batch.
 */
export function lockedRoom(
  row: RoomRow,
  { made, answers, editable }: {
    made: Set<string>;
    answers: Map<number, Answer[]> | undefined;
    editable: Map<number, MessageRow[]> | undefined;
  },
): LockedRoom {
  const room: LockedRoom = { key: row.key, room: toRecord(row), isNew: made.has(row.id), isChanged: false };
  if (answers) room.answers = answers.get(row.key) ?? [];
  if (editable) room.editable = new Map(editable.get(row.key)?.map((message) => [message.seq, message]));
  return room;
}

/** Writes each changed room once, for any number of messages. */
export async function saveRooms(sql: Transaction, rooms: LockedRoom[]): Promise<void> {
  const changed = rooms.filter(({ isChanged }) => isChanged);
  if (!changed.length) return;
  const rows = changed.map(({ key, room }) => {
    const { status, statusBy, statusAt, active, head, read, snoozedUntil, waitingSince, botDueAt } = room;
    return {
      ...{ key, status, active, head, status_by: statusBy, status_at: statusAt },
      ...{ read_admin: read.admin, read_visitor: read.visitor },
      ...{ snoozed_until: snoozedUntil, waiting_since: waitingSince, bot_due_at: botDueAt },
    };
  });
  await sql`
    UPDATE rooms SET status = r.status, status_by = r.status_by, status_at = r.status_at, active = r.active,
      head = r.head, read_admin = r.read_admin, read_visitor = r.read_visitor, snoozed_until = r.snoozed_until,
      waiting_since = r.waiting_since, bot_due_at = r.bot_due_at
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS r(key bigint, status text, status_by text,
      status_at bigint, active bigint, head integer, read_admin integer, read_visitor integer,
      snoozed_until bigint, waiting_since bigint, bot_due_at bigint)
    WHERE rooms.key = r.key`;
}
