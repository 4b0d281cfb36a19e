import type { ProfileWriter } from "../collections/visitors.ts";
import { checkCommit } from "../records.ts";
import type { RoomRecord } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { changeOf } from "./records.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";

/** Commits a visitor's records and the copy of the profile in the room's entry as one change. */
export function profileWriter(engine: Engine, queue: RoomQueue): ProfileWriter {
  return {
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async commitProfile(key, commit, profile) {
      const change = changeOf(checkCommit(commit));
      return queue.change(key, async () => {
        const entry = await engine.get<RoomRecord>(keys.room(key.admin, key.consumer));
        const room = entry.value ? withProfile(entry.value, profile) : undefined;
        const { sets, deletes, sums } = room
          ? roomEntries(entry.value!, room)
          : { sets: [], deletes: [], sums: [] };
        const isDone = await engine.change({
          checks: [...change.checks, entry],
          sets: [...change.sets, ...sets],
          deletes: [...change.deletes, ...deletes],
          sums: [...change.sums, ...sums],
        });
        return { answer: isDone ? { room } : undefined };
      });
    },
  };
}

function withProfile({ visitor: _, ...room }: RoomRecord, profile: RoomRecord["visitor"]): RoomRecord {
  return profile ? { ...room, visitor: profile } : room;
}
