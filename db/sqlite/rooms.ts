import type { DatabaseSync } from "node:sqlite";
import { type Alias, aliases } from "../collections/aliases.ts";
import { Moved } from "../errors.ts";
import { newRoomId } from "../room_key.ts";
import type { RoomKey, Store } from "../store.ts";
import type { RecordTable } from "./records.ts";
import type { RoomDrafts } from "./room_drafts.ts";
import type { RoomMemory } from "./room_memory.ts";
import { noDesk, type RoomRow, toRecord } from "./room_row.ts";
import { reading } from "./engine_errors.ts";
import { knownProfile } from "./profiles.ts";
import type { WriteQueue } from "./write_queue.ts";

/** Inserts a room inside a transaction, unless the consumer id leads to another room. */
export type MakeRoom = (rooms: RoomDrafts, key: RoomKey, at: number) => RoomRow | Moved;

/** Prepares the insert of rooms. */
export function roomMaker(db: DatabaseSync, table: RecordTable): MakeRoom {
  const profileOf = knownProfile(table);
  // Skips the keys of rooms whose deletion is pending: their messages still exist.
  const insert = db.prepare(`
    INSERT INTO rooms (key, id, admin, consumer, status, created, active, head, read_admin, read_visitor, name, email, verified)
    VALUES (1 + max(coalesce((SELECT max(key) FROM rooms), 0), coalesce((SELECT max(room) FROM doomed), 0)),
      ?, ?, ?, 0, ?, ?, 0, 0, 0, ?, ?, ?)`);

  return (rooms, { admin, consumer }, at) => {
    const alias = table.get(aliases.name, [admin, consumer])?.value as Alias | undefined;
    if (alias) return new Moved(alias.into);
    const id = newRoomId();
    const { name, email, verified } = profileOf({ admin, consumer });
    const key = Number(insert.run(id, admin, consumer, at, at, name, email, verified).lastInsertRowid);
    const row: RoomRow = {
      ...{ key, id, admin, consumer, status: 0, statusBy: null, statusAt: null },
      ...{ created: at, active: at, head: 0, readAdmin: 0, readVisitor: 0 },
      ...{ name, email, verified, blocked: null },
      ...noDesk,
    };
    rooms.put(row);
    return row;
  };
}

/** Creates, reads and marks rooms as read. */
export function rooms(
  { queue, memory, makeRoom }: { queue: WriteQueue; memory: RoomMemory; makeRoom: MakeRoom },
): Pick<Store, "openRoom" | "room" | "markRead"> {
  return {
    openRoom: (key, at) =>
      queue.write((rooms) => {
        const there = rooms.get(key), row = there ?? makeRoom(rooms, key, at);
        return row instanceof Moved ? row : { room: toRecord(row), created: !there };
      }),
    room: (key) =>
      reading(() => {
        const row = memory.get(key);
        return row && toRecord(row);
      }),
    markRead: (key, side, seq) =>
      queue.write((rooms) => {
        const row = rooms.get(key);
        if (!row) return undefined;
        const mark = side === "admin" ? "readAdmin" : "readVisitor";
        const reached = Math.min(seq, row.head);
        if (reached <= row[mark]) return undefined;
        rooms.put({ ...row, [mark]: reached });
        return reached;
      }),
  };
}
