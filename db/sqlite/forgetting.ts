import type { DatabaseSync } from "node:sqlite";
import { newAttemptId } from "../attempt_id.ts";
import type { RoomErasure } from "../collections/erasure.ts";
import { checkCommit } from "../records.ts";
import type { RoomKey } from "../store.ts";
import type { MessageKeys } from "./message_keys.ts";
import type { RecordTable } from "./records.ts";
import type { RoomDrafts } from "./room_drafts.ts";
import type { WriteQueue } from "./write_queue.ts";

/** Messages and rooms deleted per transaction: a few milliseconds of the event loop. */
const messagesAtOnce = 500, roomsAtOnce = 200;

interface Parts {
  db: DatabaseSync;
  queue: WriteQueue;
  keys: MessageKeys;
  table: RecordTable;
  /** Deletes the rooms' messages from the search index. */
  unindex(rooms: number[]): Promise<void>;
}

/**
 * Deletes a room in two steps: first its row, which makes it invisible, then its messages in many small
 * transactions. Messages left by a crash are deleted at the next start.
 */
export function forgetting(
  { db, queue, keys, table, unindex }: Parts,
): RoomErasure & { finish(): Promise<void> } {
  const dropRoom = db.prepare("DELETE FROM rooms WHERE key = ?");
  const addPending = db.prepare("INSERT INTO doomed (room, admin) VALUES (?, ?)");
  const pendingDeletions = db.prepare("SELECT room FROM doomed LIMIT ?");
  const removePending = db.prepare("DELETE FROM doomed WHERE room = ?");
  const ofRoom = db.prepare("SELECT key, client_id, side FROM messages WHERE room = ? LIMIT ?");
  const dropMessage = db.prepare("DELETE FROM messages WHERE key = ?");
  const dropSent = db.prepare("DELETE FROM sent WHERE client_id = ? AND room = ? AND side = ?");
  const roomsOf = db.prepare("SELECT admin, consumer FROM rooms WHERE admin = ? LIMIT ?");
  const dropCounts = db.prepare("DELETE FROM room_counts WHERE admin = ?");
  const dropLoads = db.prepare("DELETE FROM agent_loads WHERE admin = ?");

  function doomRoom(rooms: RoomDrafts, key: RoomKey): boolean {
    const room = rooms.get(key);
    if (!room) return false;
    dropRoom.run(room.key);
    addPending.run(room.key, room.admin);
    rooms.remove(key);
    return true;
  }

  /** Deletes the rows of up to `limit` rooms of an account; returns whether more may exist. */
  function doomSome(rooms: RoomDrafts, username: string, limit: number): boolean {
    const some = roomsOf.all(username, limit) as unknown as RoomKey[];
    for (const key of some) doomRoom(rooms, key);
    return some.length === limit;
  }

  /** Deletes up to `limit` messages of a deleted room; returns how many. */
  function emptyRoom(room: number, limit: number): number {
    const some = ofRoom.all(room, limit) as { key: number; client_id: string | null; side: number }[];
    for (const { key, client_id, side } of some) {
      dropMessage.run(key);
      if (client_id !== null) dropSent.run(client_id, room, side);
    }
    if (some.length < limit) removePending.run(room);
    return some.length;
  }

  /** Deletes some messages of these rooms; returns whether more may exist. */
  function removeSome(rooms: number[]): boolean {
    let left = messagesAtOnce;
    for (const room of rooms) if (left > 0) left -= emptyRoom(room, left);
    if (left < messagesAtOnce) keys.note();
    return left === 0;
  }

  async function finish(): Promise<void> {
    for (
      let rooms;
      (rooms = pendingDeletions.all(roomsAtOnce).map(({ room }) => room as number)).length > 0;
    ) {
      await unindex(rooms);
      while (await queue.write(() => removeSome(rooms)));
    }
  }

  return {
    finish,
    async removeRoom(key, names) {
      const change = checkCommit({ delete: names }), version = newAttemptId();
      const found = await queue.write((rooms) => {
        table.apply(change, version);
        return doomRoom(rooms, key);
      });
      await finish();
      return found;
    },
    async removeRooms(admin, last) {
      const change = checkCommit(last), version = newAttemptId();
      while (await queue.write((rooms) => doomSome(rooms, admin, roomsAtOnce)));
      const isMade = await queue.write((rooms) => {
        doomSome(rooms, admin, -1);
        dropCounts.run(admin);
        dropLoads.run(admin);
        return table.apply(change, version);
      });
      await finish();
      return isMade;
    },
  };
}
