import { newAttemptId } from "../attempt_id.ts";
import { Blocked } from "../errors.ts";
import { mergedRoom, type MergeOutcome, movedDetails, type RoomMerge, type RoomMerger } from "../merging.ts";
import type { RoomRecord } from "../room.ts";
import { nameOf } from "../room_key.ts";
import type { MessageDetails } from "../stored_message.ts";
import type { Link } from "./link.ts";
import { commitIn } from "./records.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import type { Transaction } from "./transaction.ts";

/** SQLSTATE of a name that another transaction has taken meanwhile. */
const uniqueViolation = "23505";

class Conflict extends Error {}

/**
 * Merges rooms in one transaction, which holds the locks of both. Where there is no other room yet, the room only
 * gets the other consumer id.
 */
export function merging(link: Link): RoomMerger {
  return {
    async mergeRoom(asked) {
      try {
        return await link.transaction((sql) => merge(sql, asked));
      } catch (error) {
        if (error instanceof Conflict || (error as { code?: string }).code === uniqueViolation) {
          return "conflict";
        }
        throw error;
      }
    },
  };
}

async function merge(
  sql: Transaction,
  { from: key, into: other, records }: RoomMerge,
): Promise<MergeOutcome> {
  // In order of their keys: two merges of the same rooms would otherwise deadlock.
  const names = JSON.stringify([nameOf(key), nameOf(other)]);
  const rows = await sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM ${sql.unsafe(roomTables)}
    WHERE rooms.admin || ' ' || rooms.consumer IN (SELECT json_array_elements_text(${names}::text::json))
    ORDER BY rooms.key FOR UPDATE OF rooms`;
  const [from, into] = [key, other].map(({ consumer }) => rows.find((row) => row.consumer === consumer));
  if (!from) return "missing";
  if (from.blocked !== null || into && into.blocked !== null) throw new Blocked("This visitor is blocked");
  // Thrown, so that nothing of the transaction remains.
  if (!await commitIn(sql, records(into?.head ?? 0), newAttemptId())) throw new Conflict();
  if (into) return { room: await mergeInto(sql, from, into), base: into.head };
  await sql`UPDATE rooms SET consumer = ${other.consumer} WHERE key = ${from.key}`;
  return { room: { ...toRecord(from), consumer: other.consumer }, base: 0 };
}

async function mergeInto(sql: Transaction, from: RoomRow, into: RoomRow): Promise<RoomRecord> {
  await dropTakenIds(sql, from, into);
  await moveDetails(sql, from, into.head);
  await sql`UPDATE messages SET room = ${into.key}, seq = seq + ${into.head} WHERE room = ${from.key}`;
  await sql`DELETE FROM rooms WHERE key = ${from.key}`;
  const room = mergedRoom(toRecord(from), toRecord(into));
  await save(sql, into.key, room);
  return room;
}

/** Client ids are unique in a room and side. */
async function dropTakenIds(sql: Transaction, from: RoomRow, into: RoomRow): Promise<void> {
  await sql`
    UPDATE messages SET client_id = NULL WHERE room = ${from.key} AND client_id IS NOT NULL AND EXISTS (
      SELECT FROM messages AS taken WHERE taken.client_id IS NOT NULL AND taken.side = messages.side
        AND taken.client_id || ' ' || taken.room::text = messages.client_id || ' ' || ${
    String(into.key)
  }::text)`;
}

/** Details that name seqs of the room. */
async function moveDetails(sql: Transaction, { key }: RoomRow, base: number): Promise<void> {
  const rows = await sql<{ seq: number; details: MessageDetails }[]>`
    SELECT seq, details FROM messages WHERE room = ${key} AND details IS NOT NULL
      AND (details -> 'edit' IS NOT NULL OR details -> 'edited' IS NOT NULL OR details -> 'reply' IS NOT NULL
        OR details -> 'extra' IS NOT NULL)`;
  if (rows.length === 0) return;
  const moved = rows.map(({ seq, details }) => ({ seq, details: movedDetails(details, base) }));
  await sql`
    UPDATE messages SET details = m.details
    FROM json_to_recordset(${JSON.stringify(moved)}::text::json) AS m(seq integer, details json)
    WHERE messages.room = ${key} AND messages.seq = m.seq`;
}

async function save(sql: Transaction, key: number, room: RoomRecord): Promise<void> {
  const { labels, labelledAt } = room;
  const row = {
    ...{ status: room.status, status_by: room.statusBy, status_at: room.statusAt, created: room.created },
    ...{ active: room.active, head: room.head, read_admin: room.read.admin, read_visitor: room.read.visitor },
    ...{ assignee: room.assignee, team: room.team, snoozed_until: room.snoozedUntil },
    ...{ waiting_since: room.waitingSince, due_at: room.dueAt, bot_due_at: room.botDueAt },
    labels: labels && JSON.stringify(labels.map((label, i) => [label, labelledAt![i]])),
  };
  await sql`
    UPDATE rooms SET status = r.status, status_by = r.status_by, status_at = r.status_at, created = r.created,
      active = r.active, head = r.head, read_admin = r.read_admin, read_visitor = r.read_visitor,
      assignee = r.assignee, team = r.team, snoozed_until = r.snoozed_until, waiting_since = r.waiting_since,
      due_at = r.due_at, bot_due_at = r.bot_due_at, labels = r.labels
    FROM json_to_record(${
    JSON.stringify(row)
  }::text::json) AS r(status text, status_by text, status_at bigint,
      created bigint, active bigint, head integer, read_admin integer, read_visitor integer, assignee text,
      team text, snoozed_until bigint, waiting_since bigint, due_at bigint, bot_due_at bigint,
      labels text)
    WHERE rooms.key = ${key}`;
}
