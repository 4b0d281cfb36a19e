import { Unavailable } from "../errors.ts";
import type { SearchStore } from "../search_store.ts";
import type { RoomRecord } from "../store.ts";
import { toMessage } from "./message_row.ts";
import type { RoomMemory } from "./room_memory.ts";
import { toRecord } from "./room_row.ts";
import { SearchThread } from "./search_thread.ts";
import type { TimedAnswer } from "./search_wire.ts";
import { unavailable } from "./engine_errors.ts";

/** Delay between a commit and indexing; the commits in between are indexed together. Milliseconds. */
const behindMs = 400;

interface Parts {
  path: string;
  memory: RoomMemory;
  onTrouble(what: string, error: unknown): void;
}

/** Full-text search over an SQLite store. The Worker starts on first use. */
export class Search implements SearchStore {
  #parts: Parts;
  #thread: SearchThread | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Called after each commit. */
  wake(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running().wake();
    }, behindMs);
  }

  searchMessages: SearchStore["searchMessages"] = async (admin, { phrases, limit, cursor }) => {
    if (phrases.length === 0) return { found: [], complete: true };
    const asked = { type: "search", admin, phrases, limit, before: placeOf(cursor) } as const;
    const { rows, before, complete, ms } = await this.#inTurn(() =>
      this.#asking((thread) => thread.ask(asked))
    ) as TimedAnswer;
    const found = rows.flatMap((row) => {
      const room = this.#room(admin, row.consumer);
      return room ? [{ room, message: toMessage(room, row), excerpt: row.excerpt }] : [];
    });
    return { found, complete, ms, ...(before !== undefined && { cursor: String(before) }) };
  };

  /** One search at a time, so that a deletion waits for at most one search. */
  #inTurn<T>(search: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(search);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }

  /** Removes deleted rooms from the index; call before their messages are deleted. @throws {Unavailable} */
  async unindex(rooms: number[]): Promise<void> {
    await this.#asking((thread) => thread.ask({ type: "forget", rooms }));
  }

  /** Removes edited texts from the index; call before they are deleted from `replaced_texts`. @throws {Unavailable} */
  async replace(keys: number[]): Promise<void> {
    await this.#asking((thread) => thread.ask({ type: "replace", keys }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#thread?.close();
  }

  async #asking<T>(ask: (thread: SearchThread) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Unavailable("The database is closed");
    try {
      return await ask(this.#running());
    } catch (error) {
      throw unavailable(error);
    }
  }

  #room(admin: string, consumer: string): RoomRecord | undefined {
    const row = this.#parts.memory.get({ admin, consumer });
    return row && toRecord(row);
  }

  #running(): SearchThread {
    return this.#thread ??= new SearchThread(this.#parts.path, {
      onTrouble: (error) => this.#parts.onTrouble("The search index is built anew", error),
      onEnd: () => this.#thread = undefined,
    });
  }
}

function placeOf(cursor: string | undefined): number {
  return /^\d{1,15}$/.test(cursor ?? "") ? Number(cursor) : Number.MAX_SAFE_INTEGER;
}
