import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RoomFilter } from "../../protocol/frames.ts";
import type { RoomsQuery, Store } from "../store.ts";
import type { Newest } from "./message_pages.ts";
import type { RoomMemory } from "./room_memory.ts";
import { toRecord } from "./room_row.ts";
import { reading } from "./trouble.ts";
import { codeOf, statuses } from "./words.ts";

/** Rooms that one page of a search looks at, at most: some 3 ms. */
const searchWindow = 2_000;

/** Where a page begins: after the room that was active at this time and has this key. */
interface Place {
  active: number;
  key: number;
}

/** What of a room is looked at to list it. */
interface Candidate extends Place {
  consumer: string;
  name: string | null;
  email: string | null;
}

export function roomList(db: DatabaseSync, memory: RoomMemory, newest: Newest): Pick<Store, "rooms"> {
  const lists = {
    open: db.prepare(ordered([ofStatus("open")])),
    resolved: db.prepare(ordered([ofStatus("resolved")])),
    unread: db.prepare(ordered([unread])),
    all: db.prepare(ordered(statuses.map(ofStatus))),
  } satisfies Record<RoomFilter, StatementSync>;

  function page(admin: string, query: RoomsQuery) {
    const window = query.q ? searchWindow : query.limit;
    const { active, key } = placeOf(query.cursor);
    const candidates = lists[query.filter].all({
      admin,
      active,
      key,
      limit: window + 1,
    }) as unknown as Candidate[];
    const { found, cursor } = choose(candidates, { window, limit: query.limit, q: query.q?.toLowerCase() });
    const rooms = found.map(({ consumer }) => {
      const row = memory.get({ admin, consumer })!;
      return { room: toRecord(row), messages: newest(row, query.messages) };
    });
    return cursor === undefined ? { rooms } : { rooms, cursor };
  }

  return { rooms: (admin, query) => reading(() => page(admin, query)) };
}

/** The first `limit` candidates that match, of the first `window`; and where to go on, if there is more. */
function choose(
  candidates: Candidate[],
  { window, limit, q }: { window: number; limit: number; q: string | undefined },
): { found: Candidate[]; cursor?: string } {
  const found: Candidate[] = [];
  let looked = 0;
  for (const candidate of candidates.slice(0, window)) {
    looked++;
    if (matches(candidate, q)) found.push(candidate);
    if (found.length === limit) break;
  }
  const last = candidates[looked - 1];
  return last && looked < candidates.length ? { found, cursor: `${last.active}.${last.key}` } : { found };
}

function matches({ consumer, name, email }: Candidate, q: string | undefined): boolean {
  return !q || [consumer, name, email].some((text) => text?.toLowerCase().includes(q));
}

function placeOf(cursor: string | undefined): Place {
  const [, active, key] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? "") ?? [];
  return active && key
    ? { active: Number(active), key: Number(key) }
    : { active: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER };
}

// The index is named, so that no plan can fall back to sorting all rooms of an admin.
const ofStatus = (status: string) =>
  `FROM rooms INDEXED BY rooms_by_status WHERE admin = :admin AND status = ${codeOf(statuses, status)}`;
const unread = "FROM rooms INDEXED BY rooms_unread WHERE admin = :admin AND head > read_admin";

/** Each source comes in the list's order from its index; several are merged, none is sorted. */
function ordered(sources: string[]): string {
  const arms = sources.map((source) =>
    `SELECT key, active, consumer, name, email ${source} AND (active, key) < (:active, :key)`
  );
  return `${arms.join(" UNION ALL ")} ORDER BY active DESC, key DESC LIMIT :limit`;
}
