import type { RoomKey, RoomRecord, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { Moved } from "../errors.ts";
import { findAlias, newRoom, readRoom } from "./room_batch.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";

/** Creates and reads rooms. */
export function rooms(engine: Engine, queue: RoomQueue): Pick<Store, "openRoom" | "room"> {
  return {
    async openRoom(key, at) {
      const there = await findRoom(engine, key);
      if (there) return { room: there, created: false };
      return await queue.change(key, () => openRoom(engine, key, at));
    },
    room: (key) => findRoom(engine, key),
  };
}

async function openRoom(engine: Engine, key: RoomKey, at: number) {
  const { entry, visitor, profile } = await readRoom(engine, key);
  if (entry.value) return { answer: { room: entry.value, created: false } };
  const alias = await findAlias(engine, key);
  if (alias.value) throw new Moved(alias.value.into);
  const room = newRoom(key, { at, visitor: profile });
  const checks = [entry, visitor, alias.entry];
  const isMade = await engine.change({ ...roomEntries(undefined, room), checks });
  return isMade ? { answer: { room, created: true } } : undefined;
}

/** Reads a room; undefined if it does not exist. @throws {Unavailable} */
export async function findRoom(
  engine: Engine,
  { admin, consumer }: RoomKey,
): Promise<RoomRecord | undefined> {
  return (await engine.get<RoomRecord>(keys.room(admin, consumer))).value ?? undefined;
}
