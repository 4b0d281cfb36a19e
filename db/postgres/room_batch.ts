import { isEdit } from "../edits.ts";
import { Moved, NotEditable, WrongStatus } from "../errors.ts";
import { nameOf } from "../room_key.ts";
import { append, type Attempt, keyOf, mark, type Outcome } from "../room_write.ts";
import type { MessageDraft } from "../store.ts";
import type { StoredMessage } from "../stored_message.ts";
import { findAnswers } from "./answers.ts";
import { findEditable, updateMessages } from "./edits.ts";
import { KnownMessages, type MessageRow } from "./known_messages.ts";
import { findAliases, type LockedRoom, lockedRoom, lockRooms, makeRooms, saveRooms } from "./locked_rooms.ts";
import { wordsColumn } from "./words.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Outcome of each write; undefined if another transaction holds the room's lock and the write must be
 * retried.
 */
export type Outcomes = (Outcome | undefined)[];

/**
 * Writes to any number of rooms, in order per room, inside a transaction. A room's row stays locked until
 * COMMIT, so seqs have the order of the commits. Locked rooms are skipped, so a transaction that holds locks
 * never waits for another. With `wait`, only for a batch of one room, it waits for that lock.
 * @throws what prevents the first write to a new room; the rollback removes the room
 */
export async function writeBatch(
  sql: Transaction,
  batch: Attempt[],
  { wait, mayBeNew }: { wait: boolean; mayBeNew: (room: string) => boolean },
): Promise<Outcomes> {
  const [made, aliases, locked, known, answers, editable] = await Promise.all([
    makeRooms(sql, batch, mayBeNew),
    findAliases(sql, batch, mayBeNew),
    lockRooms(sql, batch, wait),
    // Sent in the same round trip after the locks, as statements with later snapshots: they include the
    // commits of the previous lock holders.
    KnownMessages.find(sql, batch),
    findAnswers(sql, batch),
    findEditable(sql, batch),
  ]);
  const rooms = new Map(locked.map((row) => [nameOf(row), lockedRoom(row, { made, answers, editable })]));
  const work = new BatchWork(known);
  const outcomes = batch.map((one) => {
    const name = nameOf(keyOf(one.write)), room = rooms.get(name), into = aliases.get(name);
    if (into !== undefined && "draft" in one.write) {
      // The room was merged into another one while this transaction made it anew.
      if (room?.isNew) throw new Moved(into);
      return { error: new Moved(into) };
    }
    if (room) return work.take(one, room);
    return wait ? withoutRoom(one) : undefined;
  });
  await Promise.all([
    insertMessages(sql, work.rows),
    updateMessages(sql, [...work.changed.values()]),
    saveRooms(sql, [...rooms.values()]),
  ]);
  return outcomes;
}

/**
 * The outcome if the lock was waited for and the room does not exist. A draft whose room was deleted just now
 * is retried, which creates the room.
 */
function withoutRoom({ write }: Attempt): Outcome | undefined {
  if ("mark" in write) return { answer: undefined };
  if (isEdit(write.draft)) return { error: new NotEditable("missing") };
  return write.draft.onlyIf?.status ? { error: new WrongStatus(undefined) } : undefined;
}

class BatchWork {
  readonly rows: (MessageRow & { admin: string; words: string | null })[] = [];

  /** Earlier messages that edits of this batch have changed, by room and seq. */
  readonly changed = new Map<string, MessageRow & { admin: string }>();

  constructor(readonly known: KnownMessages) {}

  take(one: Attempt, room: LockedRoom): Outcome {
    const { write } = one;
    if ("mark" in write) return { answer: mark(room, write.mark, one.again) };
    try {
      return { answer: this.#append(room, write.draft, one) };
    } catch (error) {
      if (room.isNew) throw error;
      return { error };
    }
  }

  #append(room: LockedRoom, draft: MessageDraft, { attempt, again }: Attempt) {
    const before = this.known.get(room.key, { side: draft.side, client_id: draft.client_id, attempt });
    const { answer, stored, changed } = append(room, draft, { before, again });
    if (stored) {
      const row = { ...stored, room: room.key, attempt };
      this.known.add(row);
      this.rows.push({
        ...row,
        admin: draft.admin,
        words: stored.kind === "text" ? wordsColumn(draft) : null,
      });
    }
    for (const message of changed ?? []) this.#replace(room, draft.admin, message);
    return answer;
  }

  #replace({ key }: LockedRoom, admin: string, message: StoredMessage): void {
    const own = this.rows.find(({ room, seq }) => room === key && seq === message.seq);
    if (!own) this.changed.set(`${key} ${message.seq}`, { ...message, room: key, attempt: null, admin });
    else {Object.assign(own, message, {
        words: message.kind === "text" ? wordsColumn({ ...message, admin }) : null,
      });}
  }
}

async function insertMessages(sql: Transaction, rows: BatchWork["rows"]): Promise<void> {
  if (!rows.length) return;
  await sql`
    INSERT INTO messages (room, seq, admin, side, kind, created, content, client_id, attempt, words, details)
    SELECT room, seq, admin, side, kind, created, content, client_id, attempt, words::tsvector, details
    FROM json_to_recordset(${
    JSON.stringify(rows)
  }::text::json) AS m(room bigint, seq integer, admin text, side text,
      kind text, created bigint, content text, client_id text, attempt text, words text, details json)`;
}
