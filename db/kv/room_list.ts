import type { RoomFilter } from "../../protocol/frames.ts";
import { ByteBudget } from "../byte_budget.ts";
import { listNames, openLists } from "../desk.ts";
import { type Candidate, choose, takeRoom, windowOf } from "../rooms_page.ts";
import type { RoomRecord, RoomsPage, RoomsQuery, Store } from "../store.ts";
import { boxCandidates } from "./desk/box_list.ts";
import type { Engine } from "./engine.ts";
import { keys, place } from "./keys.ts";
import { newestMessages } from "./message_pages.ts";
import type { Listed } from "./room_entries.ts";

type Place = Pick<RoomRecord, "active" | "id">;

/** Pages of an admin's rooms with their newest messages. */
export function roomList(engine: Engine): Pick<Store, "rooms"> {
  return {
    async rooms(admin, query) {
      const { found, cursor } = choose(await candidates(engine, admin, query), query);
      const rooms: RoomsPage["rooms"] = [], budget = new ByteBudget(query.bytes);
      let last: Candidate | undefined;
      for (let i = 0; i < found.length; i += roomsAtOnce) {
        const some = found.slice(i, i + roomsAtOnce);
        for (const [k, one] of (await withMessages(engine, admin, { some, query })).entries()) {
          if (one && !takeRoom(budget, one)) return { rooms, cursor: last!.place };
          if (one) rooms.push(one);
          last = some[k];
        }
      }
      return cursor === undefined ? { rooms } : { rooms, cursor };
    },
  };
}

/**
 * Rooms whose messages are read concurrently, and messages first read of each: some rooms have long messages.
 */
const roomsAtOnce = 10, firstOfMany = 4;

async function withMessages(
  engine: Engine,
  admin: string,
  { some, query: { messages: limit, roomBytes: bytes } }: { some: Candidate[]; query: RoomsQuery },
): Promise<(RoomsPage["rooms"][number] | undefined)[]> {
  const entries = await engine.getMany<RoomRecord>(some.map(({ consumer }) => keys.room(admin, consumer)));
  return await Promise.all(
    entries.map(async ({ value: room }) =>
      room
        ? { room, messages: await newestMessages(engine, room, { limit, bytes, first: firstOfMany }) }
        : undefined
    ),
  );
}

/** Merges lists that are each sorted. */
async function candidates(engine: Engine, admin: string, query: RoomsQuery): Promise<Candidate[]> {
  const limit = windowOf(query) + 1;
  if (query.box) return await boxCandidates(engine, admin, { ...query, box: query.box, limit });
  const after = placeOf(query.cursor);
  const lists = await Promise.all(
    listsOf(admin, query.filter).map((prefix) => {
      const selector = after ? { prefix, end: place(prefix, after) } : { prefix };
      return engine.list<Listed>(selector, { limit, reverse: true });
    }),
  );
  const all = lists.flat().map(({ key, value }) => {
    const [active, id] = key.slice(-2) as [number, string];
    return { ...value, active, id, place: `${active}.${id}` };
  });
  return all.sort((a, b) => b.active - a.active || (a.id < b.id ? 1 : -1)).slice(0, limit);
}

function listsOf(admin: string, filter: RoomFilter): Deno.KvKey[] {
  if (filter === "unread") return [keys.unread(admin)];
  const lists = filter === "all" ? listNames : filter === "open" ? openLists : [filter];
  return lists.map((list) => keys.byActivity(admin, list));
}

function placeOf(cursor: string | undefined): Place | undefined {
  const [, active, id] = /^(\d{1,15})\.([0-9a-z]{1,22})$/.exec(cursor ?? "") ?? [];
  return active && id ? { active: Number(active), id } : undefined;
}
