import type { DatabaseSync } from "node:sqlite";
import { refusal } from "../append_condition.ts";
import { Blocked, Moved } from "../errors.ts";
import { appended, appendedBefore, isMarkUncertain, nextMessage } from "../next_message.ts";
import type { Appended, MessageDraft, Store } from "../store.ts";
import { checksumOf } from "./checksum.ts";
import { edits as editsOf } from "./edits.ts";
import type { MessageKeys } from "./message_keys.ts";
import { isEdit } from "../edits.ts";
import { type MessageRow, rowOf, selectMessages, storedOf } from "./message_row.ts";
import type { RoomDrafts } from "./room_drafts.ts";
import { type RoomRow, toRecord, withRecord } from "./room_row.ts";
import type { MakeRoom } from "./rooms.ts";
import { codeOf, sides } from "./words.ts";
import type { WriteQueue } from "./write_queue.ts";

interface Parts {
  db: DatabaseSync;
  queue: WriteQueue;
  makeRoom: MakeRoom;
  keys: MessageKeys;
  /** Called after an edit was committed. */
  onEdit(): void;
}

/** Stores messages within the group commit. */
export function appends({ db, queue, makeRoom, keys, onEdit }: Parts): Pick<Store, "appendMessage"> {
  const insert = db.prepare(
    `INSERT INTO messages (key, room, seq, side, kind, created, content, client_id, checksum, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = db.prepare(
    "INSERT INTO sent (client_id, room, side, seq) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const known = db.prepare("SELECT seq FROM sent WHERE client_id = ? AND room = ? AND side = ?");
  const find = selectMessages(db, "WHERE room = ? AND seq = ?");
  const answers = db.prepare(
    "SELECT seq, details -> '$.by' AS by FROM messages WHERE room = ? AND seq > ? AND side = 1 AND kind = 0",
  );

  const edits = editsOf(db, keys);

  /**
   * Returns the message that this side already sent under the same `client_id`; otherwise assigns the id to
   * this message.
   */
  function double({ key }: RoomRow, { seq, side, client_id }: MessageRow): MessageRow | undefined {
    if (client_id === null || note.run(client_id, key, side, seq).changes) return undefined;
    return find(key, known.get(client_id, key, side)!.seq!)[0];
  }

  /**
   * The error of a draft whose condition does not hold, or of an edit that is not possible. A draft whose `client_id` is already stored is
   * exempt: a retry must return the stored message.
   */
  function refused(there: RoomRow | undefined, draft: MessageDraft): Error | undefined {
    const { client_id, side } = draft;
    if (there && client_id !== undefined && known.get(client_id, there.key, codeOf(sides, side))) {
      return undefined;
    }
    const error = refusal(
      there && toRecord(there),
      draft,
      (seq) =>
        answers.all(there!.key, seq).map((row) => ({
          seq: row.seq as number,
          by: row.by === null ? null : JSON.parse(row.by as string),
        })),
    );
    return error ?? (isEdit(draft) ? edits.refusal(there, draft) : undefined);
  }

  function append(rooms: RoomDrafts, draft: MessageDraft): Appended | Error {
    const there = rooms.get(draft);
    if (there?.blocked != null && draft.side === "visitor") return new Blocked("This visitor is blocked");
    const error = draft.onlyIf || isEdit(draft) ? refused(there, draft) : undefined;
    if (error) return error;
    const row = there ?? makeRoom(rooms, draft, draft.at);
    if (row instanceof Moved) return row;
    const before = toRecord(row);
    const { stored, room } = nextMessage(before, draft);
    const message = rowOf(stored);
    const known = double(row, message);
    if (known) return appendedBefore(before, storedOf(known));
    const { seq, side, kind, created, content, client_id, details } = message;
    const checksum = checksumOf(row.key, message);
    insert.run(keys.next(), row.key, seq, side, kind, created, content, client_id, checksum, details);
    if (isEdit(draft)) edits.apply(row, stored);
    const after = withRecord(row, room);
    // Only the room's row stores the status, who set it and what the bot has to do, so a change of them cannot be deferred.
    const isTold = draft.kind !== "status" && !isMarkUncertain(draft) && after.botDueAt === row.botDueAt;
    if (after.status === row.status && isTold) rooms.putLater(after);
    else rooms.put(after);
    return appended(stored, { before, room, opened: !there });
  }

  return {
    appendMessage(draft) {
      const appended = queue.write((rooms) => append(rooms, draft));
      if (isEdit(draft)) void appended.then(onEdit, () => {});
      return appended;
    },
  };
}
