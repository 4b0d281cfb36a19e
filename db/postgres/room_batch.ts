import { newRoomId } from "../room_id.ts";
import { nameOf } from "../room_name.ts";
import { append, type Attempt, draftOf, keyOf, mark, type OpenRoom, roomOf } from "../room_write.ts";
import type { Appended } from "../store.ts";
import type { Transaction } from "./connect.ts";
import { KnownMessages, type MessageRow } from "./known_messages.ts";
import { roomColumns, type RoomRow, toRecord } from "./room_row.ts";

/** The answer to each write; nothing where somebody else holds the room at this moment, and it is to be tried again. */
export type Answers = ({ answer: Appended | number | undefined } | undefined)[];

/**
 * Writes to any rooms, each room's in their order, inside a transaction. A room's row lock is held from here to COMMIT,
 * which makes the order of seqs the order of commits. Locks are taken only where they are free: whoever holds one never
 * waits for another. With `wait`, which is for writes to one room alone, it waits for that one.
 */
export async function writeBatch(
  sql: Transaction,
  batch: Attempt[],
  { wait, mayBeNew }: { wait: boolean; mayBeNew: (room: string) => boolean },
): Promise<Answers> {
  const [made, locked, known] = await Promise.all([
    makeRooms(sql, batch, mayBeNew),
    lockRooms(sql, batch, wait),
    // Sent along, but a statement of its own after the locks: it sees what the last holder of a lock has committed.
    KnownMessages.find(sql, batch),
  ]);
  const rooms = new Map(locked.map((row) => [nameOf(row), openRoom(row, made)]));
  const rows: MessageRow[] = [];
  const answers = batch.map(({ write, attempt }) => {
    const open = rooms.get(nameOf(keyOf(write)));
    // With the lock waited for, a room that was not found is none.
    if (!open) return wait ? { answer: undefined } : undefined;
    if ("mark" in write) return { answer: mark(open, write.mark) };
    const before = known.get(open.key, { client_id: write.draft.client_id, attempt });
    const { answer, stored } = append(open, write.draft, before);
    if (stored) {
      const row = { ...stored, room: open.key, attempt };
      rows.push(row);
      known.add(row);
    }
    return { answer };
  });
  await Promise.all([insertMessages(sql, rows), updateRooms(sql, [...rooms.values()])]);
  return answers;
}

/** A room whose lock is held. */
type LockedRoom = OpenRoom & { key: number };

function openRoom(row: RoomRow, made: Set<string>): LockedRoom {
  return { key: row.key, room: toRecord(row), isNew: made.has(row.id), isChanged: false };
}

/** Makes the rooms of drafts that are not there; answers the ids of those it made. */
async function makeRooms(
  sql: Transaction,
  batch: Attempt[],
  mayBeNew: (room: string) => boolean,
): Promise<Set<string>> {
  const drafts = batch.flatMap(({ write }) => draftOf(write) ?? []).filter((draft) =>
    mayBeNew(nameOf(draft))
  );
  if (!drafts.length) return new Set();
  const first = new Map(drafts.toReversed().map((draft) => [nameOf(draft), draft]));
  // In one order for everybody: who makes two rooms while another makes the same two waits, and never in a ring.
  const names = [...first.keys()].sort();
  const rows = names.map((name) => {
    const { admin, consumer, at } = first.get(name)!;
    return { id: newRoomId(), admin, consumer, at };
  });
  const made = await sql`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
    SELECT id, admin, consumer, 'open', at, at, 0, 0, 0, false
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS r(id text, admin text, consumer text, at bigint)
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING RETURNING id`;
  return new Set(made.map((row) => row.id as string));
}

function lockRooms(sql: Transaction, batch: Attempt[], wait: boolean): Promise<RoomRow[]> {
  const names = [...new Set(batch.map(roomOf))];
  return sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM json_array_elements_text(${
    JSON.stringify(names)
  }::text::json) AS w(name)
    JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name FOR UPDATE OF rooms ${
    wait ? sql`` : sql`SKIP LOCKED`
  }`;
}

async function insertMessages(sql: Transaction, rows: MessageRow[]): Promise<void> {
  if (!rows.length) return;
  await sql`
    INSERT INTO messages (room, seq, side, kind, created, content, client_id, attempt)
    SELECT room, seq, side, kind, created, content, client_id, attempt
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS m(room bigint, seq integer, side text, kind text,
      created bigint, content text, client_id text, attempt text)`;
}

async function updateRooms(sql: Transaction, rooms: LockedRoom[]): Promise<void> {
  const changed = rooms.filter(({ isChanged }) => isChanged);
  if (!changed.length) return;
  const rows = changed.map(({ key, room: { status, statusBy, statusAt, active, head, read } }) => ({
    ...{ key, status, active, head, status_by: statusBy, status_at: statusAt },
    ...{ read_admin: read.admin, read_visitor: read.visitor },
  }));
  await sql`
    UPDATE rooms SET status = r.status, status_by = r.status_by, status_at = r.status_at, active = r.active,
      head = r.head, read_admin = r.read_admin, read_visitor = r.read_visitor
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS r(key bigint, status text, status_by text,
      status_at bigint, active bigint, head integer, read_admin integer, read_visitor integer)
    WHERE rooms.key = r.key`;
}
