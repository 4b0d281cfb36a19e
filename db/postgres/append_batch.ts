import { appended, appendedBefore, nextMessage } from "../next_message.ts";
import { newRoomId } from "../room_id.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "../store.ts";
import { nameOf } from "../room_name.ts";
import type { Transaction } from "./connect.ts";
import { roomColumns, type RoomRow, toRecord } from "./room_row.ts";

export interface Attempt {
  draft: MessageDraft;
  /** An id of our own where the client gave none, to find the message by if an answer was lost. */
  attempt: string | null;
  /** An answer was lost: it may be stored. */
  again: boolean;
}

/** A batch's outcome: an answer for each draft, or nothing where somebody else holds the room at this moment. */
export type Answers = (Appended | undefined)[];

/** A room whose lock is held, as this transaction has changed it so far. */
interface OpenRoom {
  key: number;
  room: RoomRecord;
  /** This transaction made it, and no message of it was answered yet. */
  isNew: boolean;
  isChanged: boolean;
}

interface Known extends StoredMessage {
  room: number;
  attempt: string | null;
}

type NewRow = StoredMessage & { room: number; attempt: string | null };

/**
 * Writes drafts of any rooms, each room's in their order, inside a transaction. A room's row lock is held from here to
 * COMMIT, which makes the order of seqs the order of commits. Locks are taken only where they are free: whoever holds
 * one never waits for another. With `wait`, which is for drafts of one room alone, it waits for that one.
 */
export async function appendBatch(
  sql: Transaction,
  attempts: Attempt[],
  { wait, mayBeNew }: { wait: boolean; mayBeNew: (room: string) => boolean },
): Promise<Answers> {
  const keys = distinctRooms(attempts);
  const [made, locked, known] = await Promise.all([
    makeRooms(sql, keys.filter((key) => mayBeNew(nameOf(key))), attempts),
    lockRooms(sql, keys, wait),
    // Sent along, but a statement of its own after the locks: it sees what the last holder of a lock has committed.
    findKnown(sql, attempts),
  ]);
  const rooms = new Map(locked.map((row) => [nameOf(row), openRoom(row, made)]));
  const { answers, rows } = assign(attempts, rooms, known);
  const changed = [...rooms.values()].filter(({ isChanged }) => isChanged);
  await Promise.all([insertMessages(sql, rows), updateRooms(sql, changed)]);
  return answers;
}

function distinctRooms(attempts: Attempt[]): RoomKey[] {
  const keys = new Map(attempts.map(({ draft }) => [nameOf(draft), keyOf(draft)]));
  // In one order for everybody: who makes two rooms while another makes the same two waits, and never in a ring.
  return [...keys].sort(([a], [b]) => a < b ? -1 : 1).map(([, key]) => key);
}

/** The ids of the rooms that were not there. */
async function makeRooms(sql: Transaction, keys: RoomKey[], attempts: Attempt[]): Promise<Set<string>> {
  if (!keys.length) return new Set();
  const firsts = new Map(attempts.toReversed().map(({ draft }) => [nameOf(draft), draft.at]));
  const rows = keys.map((key) => ({ ...key, id: newRoomId(), at: firsts.get(nameOf(key))! }));
  const made = await sql`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
    SELECT id, admin, consumer, 'open', at, at, 0, 0, 0, false
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS r(id text, admin text, consumer text, at bigint)
    ON CONFLICT ((admin || ' ' || consumer)) DO NOTHING RETURNING id`;
  return new Set(made.map((row) => row.id as string));
}

function lockRooms(sql: Transaction, keys: RoomKey[], wait: boolean): Promise<RoomRow[]> {
  return sql<RoomRow[]>`
    SELECT ${sql.unsafe(roomColumns)} FROM json_array_elements_text(${
    JSON.stringify(keys.map(nameOf))
  }::text::json) AS w(name)
    JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name FOR UPDATE OF rooms ${
    wait ? sql`` : sql`SKIP LOCKED`
  }`;
}

/** What the rooms hold already of these drafts, by the id each is known under. */
async function findKnown(sql: Transaction, attempts: Attempt[]): Promise<Map<string, Known>> {
  const sent = attempts.flatMap(({ draft }) =>
    draft.client_id === undefined ? [] : [{ name: nameOf(draft), client_id: draft.client_id }]
  );
  const lost = attempts.flatMap(({ attempt, again }) => again && attempt !== null ? [attempt] : []);
  const [bySender, byAttempt] = await Promise.all([
    sent.length === 0 ? [] : sql<Known[]>`
      SELECT ${sql.unsafe(knownColumns)} FROM json_to_recordset(${JSON.stringify(sent)}::text::json)
        AS w(name text, client_id text)
      JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name
      JOIN messages ON messages.client_id || ' ' || messages.room::text = w.client_id || ' ' || rooms.key::text
        AND messages.client_id IS NOT NULL`,
    lost.length === 0 ? [] : sql<Known[]>`
      SELECT ${sql.unsafe(knownColumns)} FROM json_array_elements_text(${
      JSON.stringify(lost)
    }::text::json) AS w(attempt)
      JOIN messages ON messages.attempt = w.attempt`,
  ]);
  return new Map([...bySender, ...byAttempt].map((row) => [knownName(row.room, row), row]));
}

const knownColumns = ["room", "seq", "side", "kind", "created", "content", "client_id", "attempt"]
  .map((column) => `messages.${column}`).join(", ");

const keyOf = ({ admin, consumer }: RoomKey): RoomKey => ({ admin, consumer });

/** A client's id and one of ours never meet: ours belongs to a message without a client's. */
function knownName(
  room: number,
  { client_id, attempt }: { client_id?: string | null; attempt: string | null },
) {
  return JSON.stringify([room, client_id ?? null, attempt]);
}

function openRoom(row: RoomRow, made: Set<string>): OpenRoom {
  const room = toRecord(row);
  return { key: row.key, room, isNew: made.has(row.id), isChanged: false };
}

/** Gives each draft its place, in order; each sees what the ones before it did. */
function assign(attempts: Attempt[], rooms: Map<string, OpenRoom>, known: Map<string, Known>) {
  const rows: NewRow[] = [];
  const answers = attempts.map(({ draft, attempt }): Appended | undefined => {
    const open = rooms.get(nameOf(draft));
    if (!open) return undefined;
    const name = knownName(open.key, { client_id: draft.client_id, attempt });
    const before = known.get(name);
    if (before) return appendedBefore(open.room, before);
    const { stored, room } = nextMessage(open.room, draft);
    const answer = appended(stored, { before: open.room, room, opened: open.isNew });
    const row = { ...stored, room: open.key, attempt };
    known.set(name, row);
    rows.push(row);
    Object.assign(open, { room, isNew: false, isChanged: true });
    return answer;
  });
  return { answers, rows };
}

async function insertMessages(sql: Transaction, rows: NewRow[]): Promise<void> {
  if (!rows.length) return;
  await sql`
    INSERT INTO messages (room, seq, side, kind, created, content, client_id, attempt)
    SELECT room, seq, side, kind, created, content, client_id, attempt
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS m(room bigint, seq integer, side text, kind text,
      created bigint, content text, client_id text, attempt text)`;
}

async function updateRooms(sql: Transaction, changed: OpenRoom[]): Promise<void> {
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
