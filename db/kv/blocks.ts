import type { RoomKey, RoomRecord } from "../store.ts";
import type { VisitorStore } from "../visitor_store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { type Listed, roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";

/** Blocks and unblocks visitors; the flag is part of the room's entry. */
export function blocks(
  engine: Engine,
  queue: RoomQueue,
): Pick<VisitorStore, "blockVisitor" | "unblockVisitor" | "blockedRooms"> {
  const set = (key: RoomKey, next: (room: RoomRecord) => RoomRecord) =>
    queue.change(key, async () => {
      const entry = await engine.get<RoomRecord>(keys.room(key.admin, key.consumer));
      if (!entry.value) return { answer: undefined };
      const room = next(entry.value);
      return await engine.change({ ...roomEntries(entry.value, room), checks: [entry] })
        ? { answer: room }
        : undefined;
    });

  return {
    blockVisitor: (key, at) => set(key, (room) => ({ ...room, blocked: room.blocked ?? at })),
    unblockVisitor: (key) => set(key, ({ blocked: _, ...room }) => room),
    async blockedRooms(admin, limit) {
      const list = await engine.list<Listed>({ prefix: keys.blocked(admin) }, {
        limit,
        reverse: true,
      });
      const rooms = await engine.getMany<RoomRecord>(
        list.map(({ value }) => keys.room(admin, value.consumer)),
      );
      return rooms.flatMap(({ value }) => value ?? []);
    },
  };
}
