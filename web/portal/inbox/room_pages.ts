import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import type { Room } from "../../../protocol/records.ts";
import type { Tab } from "./tab.ts";

type RoomFrame = Extract<ServerFrame, { command: "room" }>;

/** Rooms per page, and the most that are reloaded after a reconnect. */
export const pageSize = 50, mostReread = 500;

/** Loading position of one tab's list. */
interface Reading {
  cursor?: string;
  /** Activity of the last room that was read: older ones may have others between. Milliseconds since 1970. */
  boundary: number;
  hasMore: boolean;
  asking: boolean;
  failed: boolean;
  /** Rooms read since the list was last started. */
  read: number;
  /** The list is read this far without a request; after a reconnect as far as before. */
  goal: number;
}

const unread = (): Reading => ({
  ...{ boundary: Infinity, hasMore: true, asking: false, failed: false, read: 0, goal: 0 },
});

/** Reads each tab's list page by page over the one socket, which answers in order. */
export class RoomPages {
  #readings = new Map<Tab, Reading>();
  #asked: Tab[] = [];
  /** Largest page: smaller over a slow connection. */
  #most = pageSize;
  #send: (frame: ClientFrame) => boolean;

  constructor(send: (frame: ClientFrame) => boolean) {
    this.#send = send;
  }

  of(tab: Tab): Readonly<Reading> {
    return this.#reading(tab);
  }

  /** Requests the next rooms of a tab's list, if there are any. */
  more(tab: Tab): void {
    const reading = this.#reading(tab);
    if (reading.asking || !reading.hasMore) return;
    // A page may end early, at its byte limit.
    reading.goal = Math.max(reading.goal, reading.read + pageSize);
    this.#ask(tab, reading);
  }

  /** The service dropped us as too slow a reader. */
  slower(): void {
    this.#most = Math.ceil(this.#most / 2);
  }

  #ask(tab: Tab, reading: Reading): void {
    reading.failed = false;
    const frame = { command: "fetch_rooms", status: tab, limit: this.#most, cursor: reading.cursor } as const;
    if (!this.#send(frame)) return;
    reading.asking = true;
    this.#asked.push(tab);
  }

  /** Handles a page; returns its tab. */
  page({ rooms, cursor, has_more = false }: RoomFrame): { tab: Tab; rooms: Room[] } | undefined {
    const tab = this.#asked.shift();
    if (!tab) return undefined;
    const reading = this.#reading(tab);
    this.#most = Math.min(2 * this.#most, pageSize);
    reading.asking = false;
    reading.cursor = cursor;
    reading.hasMore = has_more;
    reading.read += rooms.length;
    const oldest = rooms.at(-1);
    const boundary = !has_more ? -Infinity : oldest ? Date.parse(oldest.active) : reading.boundary;
    const goesOn = has_more && reading.read < reading.goal;
    // What was shown before a reconnect stays until it is reloaded.
    reading.boundary = goesOn ? Math.min(boundary, reading.boundary) : boundary;
    if (goesOn) this.#ask(tab, reading);
    return { tab, rooms };
  }

  /** A page was refused. */
  refused(): void {
    const tab = this.#asked.shift();
    if (tab) Object.assign(this.#reading(tab), { asking: false, failed: true });
  }

  /** The connection is new: pending requests are lost, and lists may have changed meanwhile. */
  again(shown: Tab): void {
    this.#asked = [];
    const { read, boundary } = this.#reading(shown);
    this.#readings.clear();
    Object.assign(this.#reading(shown), { boundary, goal: Math.min(read, mostReread) });
    this.more(shown);
  }

  #reading(tab: Tab): Reading {
    let reading = this.#readings.get(tab);
    if (!reading) this.#readings.set(tab, reading = unread());
    return reading;
  }
}
