import type { ServerFrame } from "../../protocol/frames.ts";
import { entriesAfter, newestByRoom, staffLog } from "../../db/collections/staff_log.ts";
import type { Chat } from "../../chat/chat.ts";
import { wireEntries } from "../../chat/staff/staff_pages.ts";
import { CollectionFeed } from "./collection_feed.ts";

/** Entries read per query. */
const pageSize = 100;
/** Longest time from an entry's date to its commit, and difference between the clocks of instances. Milliseconds. */
const overlapMs = 30_000;

interface Surroundings {
  chat: Chat;
  isHeard(workspace: string): boolean;
  tell(workspace: string, frame: ServerFrame): void;
  onFault(error: unknown): void;
}

/** What was told of a workspace's staff logs. */
interface Told {
  /** When the last look began. Milliseconds since 1970. */
  looked: number;
  /** By consumer: the last entry. */
  rooms: Map<string, { n: number; at: number }>;
}

/** Tells members' sockets of new entries of staff logs: those of a room in their order, without gaps, once. */
export class StaffFeed {
  readonly feed: CollectionFeed<Told>;

  constructor(readonly surroundings: Surroundings) {
    const { chat, isHeard, onFault } = surroundings;
    this.feed = new CollectionFeed<Told>({
      ...{ store: chat.store, collection: staffLog.name, isHeard, onFault },
      begin: (workspace) => this.#begin(workspace),
      look: (workspace, told) => this.#look(workspace, told),
    });
  }

  async #begin(workspace: string): Promise<Told> {
    const looked = Date.now();
    const found = await newestByRoom(this.surroundings.chat.store, workspace, looked - overlapMs);
    return { looked, rooms: new Map(found.map(({ consumer, last }) => [consumer, last])) };
  }

  async #look(workspace: string, told: Told): Promise<void> {
    const looked = Date.now();
    const found = await newestByRoom(this.surroundings.chat.store, workspace, told.looked - overlapMs);
    for (const { consumer, first, last } of found) {
      const before = told.rooms.get(consumer);
      // A log that was erased begins again at 1.
      const isOther = before === undefined || (first.n <= before.n && first.at > before.at);
      const after = isOther ? first.n - 1 : before.n;
      if (last.n > after) await this.#tellAfter({ workspace, consumer }, after, told);
    }
    told.looked = looked;
  }

  async #tellAfter(log: { workspace: string; consumer: string }, n: number, { rooms }: Told): Promise<void> {
    const { chat, tell } = this.surroundings;
    for (let after = n, more = true; more;) {
      const page = await entriesAfter(chat.store, log, after, pageSize);
      const entries = await wireEntries(chat, page);
      for (const [i, { n, at }] of page.entries()) {
        tell(log.workspace, { command: "staff", consumer: log.consumer, entry: entries[i]! });
        rooms.set(log.consumer, { n, at });
        after = n;
      }
      more = page.length === pageSize;
    }
  }
}
