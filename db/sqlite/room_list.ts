import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RoomFilter } from "../../protocol/frames.ts";
import { ByteBudget } from "../byte_budget.ts";
import { type ListName, listNames, openLists } from "../desk.ts";
import { type Candidate, choose, takeRoom, windowOf } from "../rooms_page.ts";
import type { RoomsPage, RoomsQuery, Store } from "../store.ts";
import { boxList } from "./desk/box_list.ts";
import type { Newest } from "./message_pages.ts";
import type { RoomMemory } from "./room_memory.ts";
import { toRecord } from "./room_row.ts";
import type { DeferredRoomRows } from "./deferred_room_rows.ts";
import { reading } from "./engine_errors.ts";
import { codeOf, lists } from "./words.ts";

interface Parts {
  db: DatabaseSync;
  memory: RoomMemory;
  newest: Newest;
  deferredRows: DeferredRoomRows;
}

/** Pages of an admin's rooms with their newest messages. */
export function roomList({ db, memory, newest, deferredRows }: Parts): Pick<Store, "rooms"> {
  const pages = {
    open: db.prepare(ordered(openLists.map(inList))),
    resolved: db.prepare(ordered([inList("resolved")])),
    unread: db.prepare(ordered([unread])),
    all: db.prepare(ordered(listNames.map(inList))),
  } satisfies Record<RoomFilter, StatementSync>;
  const inBox = boxList(db);

  function candidates(admin: string, query: RoomsQuery): Candidate[] {
    const limit = windowOf(query) + 1;
    if (query.box) return inBox(admin, query.box, { ...query, limit });
    return pages[query.filter].all({ admin, ...placeOf(query.cursor), limit }) as unknown as Candidate[];
  }

  function page(admin: string, query: RoomsQuery) {
    const { found, cursor } = choose(candidates(admin, query), query);
    const rooms: RoomsPage["rooms"] = [], budget = new ByteBudget(query.bytes);
    for (const { consumer } of found) {
      const row = memory.get({ admin, consumer })!;
      const one = { room: toRecord(row), messages: newest(row, query.messages, query.roomBytes) };
      if (!takeRoom(budget, one)) return { rooms, cursor: found[rooms.length - 1]!.place };
      rooms.push(one);
    }
    return cursor === undefined ? { rooms } : { rooms, cursor };
  }

  return {
    async rooms(admin, query) {
      await deferredRows.settled();
      return await reading(() => page(admin, query));
    },
  };
}

/** Parses a cursor: the page starts after the room with this activity time and key. */
function placeOf(cursor: string | undefined): { active: number; key: number } {
  const [, active, key] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? "") ?? [];
  return active && key
    ? { active: Number(active), key: Number(key) }
    : { active: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER };
}

// INDEXED BY prevents query plans that sort all rooms of an admin.
const inList = (list: ListName) =>
  `FROM rooms INDEXED BY rooms_by_list WHERE admin = :admin AND list = ${codeOf(lists, list)}`;
const unread = "FROM rooms INDEXED BY rooms_unread WHERE admin = :admin AND head > read_admin";

/** Each source is read in list order from its index; SQLite merges them without sorting. */
function ordered(sources: string[]): string {
  const arms = sources.map((source) =>
    `SELECT key, active, active || '.' || key AS place, consumer, name, email ${source} AND (active, key) < (:active, :key)`
  );
  return `${arms.join(" UNION ALL ")} ORDER BY active DESC, key DESC LIMIT :limit`;
}
