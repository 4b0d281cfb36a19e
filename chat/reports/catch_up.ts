import { episodeMarks } from "../../db/collections/episodes.ts";
import { nameOf } from "../../db/room_key.ts";
import type { RoomRecord, Store } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { countRoom } from "./count_room.ts";
import { Slices } from "./sliced.ts";

type Stored = Pick<Chat, "store" | "now">;

/** Rooms read at once. */
const atOnce = 50;
/** Differences between clocks, and writes on their way, are less than this. Milliseconds. */
const marginMs = 60_000;
/** Rooms whose newest counted message is remembered. */
const mostKnown = 20_000;

/** Walks under way, by workspace. */
const walks = new WeakMap<Store, Map<string, Promise<void>>>();
/** Newest counted seq of rooms. */
const known = new WeakMap<Store, Map<string, number>>();

/**
 * Counts every room of a workspace that has messages which are not counted yet: what a process left when it ended, and at
 * the first time all. Costs the rooms that were active since it was last done.
 * @throws {Unavailable}
 */
export function catchUp(chat: Stored, workspace: string): Promise<void> {
  const all = walks.get(chat.store) ?? new Map<string, Promise<void>>();
  walks.set(chat.store, all);
  const underWay = all.get(workspace);
  if (underWay) return underWay;
  const walk = walkRooms(chat, workspace).finally(() => all.delete(workspace));
  all.set(workspace, walk);
  return walk;
}

async function walkRooms(chat: Stored, workspace: string): Promise<void> {
  const { store } = chat, began = chat.now();
  const since = (await episodeMarks.get(store, [workspace]))?.upTo ?? -Infinity;
  for await (const room of roomsSince(chat, workspace, since)) {
    if (room.head > (countedOf(store).get(nameOf(room)) ?? 0)) await countOf(chat, room);
  }
  await episodeMarks.update(store, [workspace], (now) => {
    const upTo = began - marginMs;
    return now && now.upTo >= upTo ? undefined : { workspace, upTo };
  });
}

async function* roomsSince(chat: Stored, workspace: string, since: number): AsyncGenerator<RoomRecord> {
  const slices = new Slices();
  let cursor: string | undefined;
  do {
    const page = await chat.store.rooms(workspace, { limit: atOnce, cursor, filter: "all", messages: 0 });
    for (const { room } of page.rooms) {
      if (room.active < since) return;
      yield room;
      await slices.pause();
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function countOf(chat: Stored, room: RoomRecord): Promise<void> {
  const newest = await countRoom(chat, room), all = countedOf(chat.store);
  all.delete(nameOf(room));
  all.set(nameOf(room), newest?.upTo ?? room.head);
  if (all.size > mostKnown) all.delete(all.keys().next().value!);
}

function countedOf(store: Store): Map<string, number> {
  const all = known.get(store) ?? new Map<string, number>();
  known.set(store, all);
  return all;
}
