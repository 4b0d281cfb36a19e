import type { DatabaseSync } from "node:sqlite";
import type { Appended, MessageDraft, Store } from "../store.ts";
import { messageColumns, type MessageRow, toMessage } from "./message_row.ts";
import { type RoomRow, toRecord } from "./room_row.ts";
import type { MakeRoom } from "./rooms.ts";
import { codeOf, kinds, sides, statuses } from "./words.ts";
import type { WriteQueue } from "./write_queue.ts";

export function appends(
  db: DatabaseSync,
  queue: WriteQueue,
  makeRoom: MakeRoom,
): Pick<Store, "appendMessage"> {
  const insert = db.prepare(
    `INSERT INTO messages (room, seq, side, kind, created, content, client_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = db.prepare("INSERT INTO sent (client_id, room, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const known = db.prepare(`SELECT ${messageColumns} FROM messages
    WHERE room = ?2 AND seq = (SELECT seq FROM sent WHERE client_id = ?1 AND room = ?2)`);

  /** The message that the room has under this client's id, if it has; else the id is taken for `seq`. */
  function double(room: RoomRow, seq: number, clientId: string | undefined): MessageRow | undefined {
    if (clientId === undefined || note.run(clientId, room.key, seq).changes) return undefined;
    return known.get(clientId, room.key) as unknown as MessageRow;
  }

  return {
    appendMessage: (draft) =>
      queue.write((rooms): Appended => {
        const there = rooms.get(draft);
        const room = there ?? makeRoom(rooms, draft, draft.at);
        const seq = room.head + 1;
        const before = double(room, seq, draft.client_id);
        if (before) {
          return {
            message: toMessage(room, before),
            fresh: false,
            room: toRecord(room),
            opened: false,
            statusChanged: false,
          };
        }
        const row = messageRow(draft, seq, room.active);
        insert.run(room.key, seq, row.side, row.kind, row.created, row.content, row.client_id);
        const after = roomAfter(room, draft, row);
        rooms.put(after);
        return {
          message: toMessage(room, row),
          fresh: true,
          room: toRecord(after),
          opened: !there,
          statusChanged: after.status !== room.status,
        };
      }),
  };
}

function messageRow(draft: MessageDraft, seq: number, notBefore: number): MessageRow {
  return {
    seq,
    side: codeOf(sides, draft.side),
    kind: codeOf(kinds, draft.kind),
    // A clock that was set back must not put a message before the one it answers.
    created: Math.max(draft.at, notBefore),
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
