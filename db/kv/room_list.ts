import type { RoomFilter } from "../../protocol/frames.ts";
import { roomStatuses } from "../../protocol/limits.ts";
import { type Candidate, choose, windowOf } from "../rooms_page.ts";
import type { RoomRecord, RoomsQuery, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys, place } from "./keys.ts";
import { newestMessages } from "./message_pages.ts";
import type { Listed } from "./room_entries.ts";

type Place = Pick<RoomRecord, "active" | "id">;

export function roomList(engine: Engine): Pick<Store, "rooms"> {
  return {
    async rooms(admin, query) {
      const { found, cursor } = choose(await candidates(engine, admin, query), query);
      const entries = await engine.getMany<RoomRecord>(
        found.map(({ consumer }) => keys.room(admin, consumer)),
      );
      const rooms = await Promise.all(
        entries.flatMap(({ value: room }) => room ? [withMessages(engine, room, query)] : []),
      );
      return cursor === undefined ? { rooms } : { rooms, cursor };
    },
  };
}

async function withMessages(engine: Engine, room: RoomRecord, { messages }: RoomsQuery) {
  return { room, messages: await newestMessages(engine, room, { limit: messages }) };
}

/** Each list is in order; several are merged. */
async function candidates(engine: Engine, admin: string, query: RoomsQuery): Promise<Candidate[]> {
  const limit = windowOf(query) + 1;
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
  const statuses = filter === "all" ? roomStatuses : [filter];
  return statuses.map((status) => keys.ofStatus(admin, status));
}

function placeOf(cursor: string | undefined): Place | undefined {
  const [, active, id] = /^(\d{1,15})\.([0-9a-z]{1,22})$/.exec(cursor ?? "") ?? [];
  return active && id ? { active: Number(active), id } : undefined;
}
