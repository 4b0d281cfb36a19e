import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import type { Room } from "../../../protocol/records.ts";
import { isBox, isListed, isSortable, rankOf, type Sort, type Tab } from "./tab.ts";
import { viewOf } from "./room_view.ts";

type RoomFrame = Extract<ServerFrame, { command: "room" }>;

/** Rooms per page, and the most that are reloaded after a reconnect. */
export const pageSize = 50, mostReread = 500;

/** One list in one order. */
export interface List {
  tab: Tab;
  sort: Sort;
}

/** Loading position of one list. */
interface Reading {
  cursor?: string;
  /** Rank of the last room that was read: lower ones may have others between. */
  boundary: number;
  /** The rooms as read, where the service alone knows the order. */
  order: string[];
  hasMore: boolean;
  asking: boolean;
  failed: boolean;
  /** Rooms read since the list was last started. */
  read: number;
  /** The list is read this far without a request; after a reconnect as far as before. */
  goal: number;
}

const unread = (): Reading => ({
  ...{ boundary: Infinity, order: [], hasMore: true, asking: false, failed: false, read: 0, goal: 0 },
});

/** The order in which a list is read: one that cannot be chosen is by activity. */
const sortOf = ({ tab, sort }: List): Sort => isSortable(tab) ? sort : "newest";
const keyOf = (list: List) => `${sortOf(list)} ${list.tab}`;

/** Reads each list page by page over the one socket, which answers in order. */
export class RoomPages {
  #readings = new Map<string, Reading>();
  #asked: List[] = [];
  /** Largest page: smaller over a slow connection. */
  #most = pageSize;
  #send: (frame: ClientFrame) => boolean;

  constructor(send: (frame: ClientFrame) => boolean) {
    this.#send = send;
  }

  of(list: List): Readonly<Reading> {
    return this.#reading(list);
  }

  /** Requests the next rooms of a list, if there are any. */
  more(list: List, size = pageSize): void {
    const reading = this.#reading(list);
    if (reading.asking || !reading.hasMore) return;
    // A page may end early, at its byte limit.
    reading.goal = Math.max(reading.goal, reading.read + size);
    this.#ask(list, reading);
  }

  /** The service dropped us as too slow a reader. */
  slower(): void {
    this.#most = Math.ceil(this.#most / 2);
  }

  #ask(list: List, reading: Reading): void {
    reading.failed = false;
    const { tab } = list, sort = sortOf(list);
    const limit = Math.min(this.#most, Math.max(1, reading.goal - reading.read));
    const page = { command: "fetch_rooms", limit, cursor: reading.cursor } as const;
    const frame = isBox(tab) ? { ...page, box: tab, sort } : { ...page, status: tab };
    if (!this.#send(frame)) return;
    reading.asking = true;
    this.#asked.push(list);
  }

  /** Handles a page; returns its list. */
  page({ rooms, cursor, has_more = false }: RoomFrame): { list: List; rooms: Room[] } | undefined {
    const list = this.#asked.shift();
    if (!list) return undefined;
    const reading = this.#reading(list);
    this.#most = Math.min(2 * this.#most, pageSize);
    reading.asking = false;
    reading.cursor = cursor;
    reading.hasMore = has_more;
    reading.read += rooms.length;
    const oldest = rooms.at(-1);
    const boundary = !has_more
      ? -Infinity
      : oldest
      ? rankOf(viewOf(oldest), list.tab, sortOf(list))
      : reading.boundary;
    const goesOn = has_more && reading.read < reading.goal;
    // What was shown before a reconnect stays until it is reloaded.
    reading.boundary = goesOn ? Math.min(boundary, reading.boundary) : boundary;
    if (isListed(list.tab)) {
      const known = new Set(reading.order);
      reading.order.push(...rooms.map(({ consumer }) => consumer).filter((one) => !known.has(one)));
    }
    if (goesOn) this.#ask(list, reading);
    return { list, rooms };
  }

  /** A page was refused. */
  refused(): void {
    const list = this.#asked.shift();
    if (list) Object.assign(this.#reading(list), { asking: false, failed: true });
  }

  /** Puts a room that has just come into a list first, where the service alone knows the order. */
  first(tab: Tab, consumer: string): void {
    const reading = this.#reading({ tab, sort: "newest" });
    reading.order = [consumer, ...reading.order.filter((one) => one !== consumer)];
  }

  /** The connection is new: pending requests are lost, and lists may have changed meanwhile. */
  again(shown: List): void {
    this.#asked = [];
    const { read, boundary } = this.#reading(shown);
    this.#readings.clear();
    Object.assign(this.#reading(shown), { boundary, goal: Math.min(read, mostReread) });
    this.more(shown);
  }

  #reading(list: List): Reading {
    const key = keyOf(list);
    let reading = this.#readings.get(key);
    if (!reading) this.#readings.set(key, reading = unread());
    return reading;
  }
}
