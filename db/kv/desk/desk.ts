import { type Claiming, claimNextOf } from "../../claiming.ts";
import { checkChange, deskAfter, holds, isWaiting } from "../../desk.ts";
import type { DeskChanged, DeskStore } from "../../desk_store.ts";
import type { CheckedCommit } from "../../records.ts";
import type { RoomKey, RoomRecord } from "../../store.ts";
import type { Change, Engine } from "../engine.ts";
import { keys } from "../keys.ts";
import { changeOf } from "../records.ts";
import { type Listed, roomEntries } from "../room_entries.ts";
import type { RoomQueue } from "../room_queue.ts";
import { merged } from "./box_list.ts";
import { lists } from "./places.ts";

/** A team's work on its rooms: changes, claims, and what is due. */
export function desk(engine: Engine, queue: RoomQueue): DeskStore {
  const roomEntry = ({ admin, consumer }: RoomKey) => engine.get<RoomRecord>(keys.room(admin, consumer));

  const claiming: Claiming = {
    load: async (workspace, agent) => numberOf(await engine.get<Deno.KvU64>(keys.load(workspace, agent))),
    longestWaiting: (workspace, teams) => longestWaiting(engine, workspace, teams),
    claim: (key, { agent, capacity, commit }) =>
      queue.change(key, async (): Promise<{ answer: RoomRecord | "full" | "lost" }> => {
        const entry = await roomEntry(key);
        // Read after the room, and required to be unchanged: it counts every claim before this one.
        const load = await engine.get<Deno.KvU64>(keys.load(key.admin, agent));
        const room = entry.value;
        if (!room || !isWaiting(room) || room.assignee !== undefined) return { answer: "lost" };
        if (numberOf(load) >= capacity) return { answer: "full" };
        const after = { ...room, assignee: agent };
        const isDone = await engine.change(together(commit, { room, after, checks: [entry, load] }));
        return { answer: isDone ? after : "lost" };
      }),
  };

  return {
    // deno-lint-ignore require-await -- so that what is refused is a rejection
    async changeDesk(key, change) {
      const { expect, set, commit, at } = checkChange(change);
      return queue.change(key, async (): Promise<{ answer: DeskChanged } | undefined> => {
        const entry = await roomEntry(key), room = entry.value;
        if (!room) return { answer: { conflict: "expect" } };
        if (!holds(room, expect)) return { answer: { conflict: "expect", room } };
        const after = deskAfter(room, set, at);
        if (!await isCurrent(engine, commit)) return { answer: { conflict: "records" } };
        const isDone = await engine.change(together(commit, { room, after, checks: [entry] }));
        return isDone ? { answer: { room: after } } : undefined;
      });
    },
    ...claimNextOf(claiming),
    load: claiming.load,
    dueRooms: (at, limit) => dueRooms(engine, at, limit),
  };
}

const numberOf = ({ value }: Deno.KvEntryMaybe<Deno.KvU64>) => Number(value?.value ?? 0n);

/** A change of a room and of records. */
function together(
  commit: CheckedCommit,
  { room, after, checks }: { room: RoomRecord; after: RoomRecord; checks: Deno.AtomicCheck[] },
): Change {
  const records = changeOf(commit), own = roomEntries(room, after);
  return {
    checks: [...checks, ...records.checks],
    sets: [...own.sets, ...records.sets],
    deletes: [...own.deletes, ...records.deletes],
    sums: [...own.sums, ...records.sums],
  };
}

/** Whether the checks of a commit hold now: tells a conflict of records from one of the room. */
async function isCurrent(engine: Engine, commit: CheckedCommit): Promise<boolean> {
  const { checks } = changeOf(commit);
  const found = await engine.getMany(checks.map(({ key }) => key));
  return found.every(({ versionstamp }, i) => versionstamp === checks[i]!.versionstamp);
}

async function longestWaiting(
  engine: Engine,
  workspace: string,
  teams: readonly (string | null)[],
): Promise<RoomRecord | undefined> {
  const queues = [...new Set(teams)].map((team) =>
    team === null ? lists.waiting(workspace, false, false) : lists.teamWaiting(workspace, team, false)
  );
  const [first] = await merged(engine, queues, { limit: 1, order: "longest" });
  if (!first) return undefined;
  return (await engine.get<RoomRecord>(keys.room(workspace, first.value.consumer))).value ?? undefined;
}

async function dueRooms(engine: Engine, at: number, limit: number): Promise<RoomRecord[]> {
  const end = [...keys.due, at + 1];
  // A room can be there three times.
  const found = await engine.list<Listed>({ prefix: keys.due, end }, { limit: 3 * limit });
  const rooms = new Map(found.map(({ value }) => [`${value.admin} ${value.consumer}`, value]));
  const entries = await engine.getMany<RoomRecord>(
    [...rooms.values()].slice(0, limit).map(({ admin, consumer }) => keys.room(admin!, consumer)),
  );
  return entries.flatMap(({ value }) => value ?? []);
}
