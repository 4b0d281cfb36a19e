import type { DatabaseSync } from "node:sqlite";
import { Blocked } from "../errors.ts";
import type { Appended, MessageDraft, Store } from "../store.ts";
import type { MessageKeys } from "./message_keys.ts";
import { type MessageRow, selectMessages, toMessage } from "./message_row.ts";
import type { RoomDrafts } from "./room_drafts.ts";
import { type RoomRow, toRecord } from "./room_row.ts";
import type { MakeRoom } from "./rooms.ts";
import { codeOf, kinds, sides, statuses } from "./words.ts";
import type { WriteQueue } from "./write_queue.ts";

interface Parts {
  db: DatabaseSync;
  queue: WriteQueue;
  makeRoom: MakeRoom;
  keys: MessageKeys;
}

export function appends({ db, queue, makeRoom, keys }: Parts): Pick<Store, "appendMessage"> {
  const insert = db.prepare(
    `INSERT INTO messages (key, room, seq, side, kind, created, content, client_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = db.prepare("INSERT INTO sent (client_id, room, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const known = db.prepare("SELECT seq FROM sent WHERE client_id = ? AND room = ?");
  const find = selectMessages(db, "WHERE room = ? AND seq = ?");

  /** The message that the room has under this one's `client_id`, if it has; else the id is taken for this one. */
  function double({ key }: RoomRow, { seq, client_id }: MessageRow): MessageRow | undefined {
    if (client_id === null || note.run(client_id, key, seq).changes) return undefined;
    return find(key, known.get(client_id, key)!.seq!)[0];
  }

  /** Nothing if the writer is blocked: a failure in here would fail all that is written at the same time. */
  function append(rooms: RoomDrafts, draft: MessageDraft): Appended | undefined {
    const there = rooms.get(draft);
    if (there?.blocked != null && draft.side === "visitor") return undefined;
    const room = there ?? makeRoom(rooms, draft, draft.at);
    const row = messageRow(draft, room);
    const stored = double(room, row);
    if (stored) return appended(room, room, stored);
    insert.run(keys.next(), room.key, row.seq, row.side, row.kind, row.created, row.content, row.client_id);
    const after = roomAfter(room, draft, row);
    rooms.put(after);
    return { ...appended(room, after, row), fresh: true, opened: !there };
  }

  return { appendMessage: (draft) => queue.write((rooms) => append(rooms, draft)).then(orBlocked) };
}

function orBlocked(done: Appended | undefined): Appended {
  if (done) return done;
  throw new Blocked("This visitor is blocked");
}

function appended(before: RoomRow, after: RoomRow, row: MessageRow): Appended {
  return {
    message: toMessage(after, row),
    fresh: false,
    room: toRecord(after),
    opened: false,
    statusChanged: after.status !== before.status,
  };
}

function messageRow(draft: MessageDraft, room: RoomRow): MessageRow {
  return {
    seq: room.head + 1,
    side: codeOf(sides, draft.side),
    kind: codeOf(kinds, draft.kind),
    // A clock that was set back must not put a message before the one it answers.
    created: Math.max(draft.at, room.active),
    content: draft.content,
    client_id: draft.client_id ?? null,
  };
}

function roomAfter(room: RoomRow, draft: MessageDraft, { seq, created }: MessageRow): RoomRow {
  const read = draft.side === "admin" ? { readAdmin: seq } : { readVisitor: seq };
  const after = { ...room, ...read, head: seq, active: created };
  const status = statusAfter(room, draft);
  if (status === room.status) return after;
  return {
    ...after,
    status,
    statusBy: draft[draft.side === "admin" ? "admin" : "consumer"],
    statusAt: created,
  };
}

function statusAfter(room: RoomRow, draft: MessageDraft): number {
  if (draft.kind === "status") return codeOf(statuses, draft.content);
  return draft.side === "visitor" ? codeOf(statuses, "open") : room.status;
}
