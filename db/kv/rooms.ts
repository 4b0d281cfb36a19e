import { Unavailable } from "../errors.ts";
import type { RoomKey, RoomRecord, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { newRoom } from "./room_batch.ts";
import { roomEntries } from "./room_entries.ts";

export function rooms(engine: Engine): Pick<Store, "openRoom" | "room"> {
  return {
    async openRoom(key, at) {
      const there = await findRoom(engine, key);
      if (there) return { room: there, created: false };
      const room = newRoom(key, at);
      const nobody = { key: keys.room(key.admin, key.consumer), versionstamp: null };
      if (await engine.change({ checks: [nobody], ...roomEntries(undefined, room) })) {
        return { room, created: true };
      }
      const now = await findRoom(engine, key);
      if (now) return { room: now, created: false };
      throw new Unavailable("The room came and went");
    },
    room: (key) => findRoom(engine, key),
  };
}

export async function findRoom(
  engine: Engine,
  { admin, consumer }: RoomKey,
): Promise<RoomRecord | undefined> {
  return (await engine.get<RoomRecord>(keys.room(admin, consumer))).value ?? undefined;
}
