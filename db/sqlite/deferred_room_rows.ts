import type { DatabaseSync } from "node:sqlite";
import { noteSettled } from "./catch_up_rooms.ts";
import type { MessageKeys } from "./message_keys.ts";
import type { RoomDrafts, Write } from "./room_drafts.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import type { WriteQueue } from "./write_queue.ts";

/** Delay between a message and the write of its room's row. Milliseconds. */
const afterMs = 250;
const afterFailureMs = 1_000;
/** Rows per step (about 0.5 ms, during which writes wait), and the pause between steps in milliseconds. */
const rowsInStep = 25;
const betweenStepsMs = 5;
/** Most rooms whose rows may be deferred. */
const mostOwed = 2_000;

/**
 * Writes the rows of rooms that got messages, shortly after them and many at once. Updating a row in its two
 * indexes costs as much as inserting a message, and messages determine their room's row: rows that a crash
 * leaves unwritten are computed from the messages at the next start. Queries that list rooms wait for the
 * deferred rows first.
 */
export class DeferredRoomRows {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** More rows are due in the next step. */
  #hasMore = false;

  constructor(
    readonly parts: { db: DatabaseSync; queue: WriteQueue; memory: RoomMemory; keys: MessageKeys },
  ) {}

  /** Called after each commit. */
  wake(): void {
    const { owed } = this.parts.memory;
    if (owed.size > mostOwed) void this.settled();
    else if (owed.size > 0) this.#schedule(this.#hasMore ? betweenStepsMs : afterMs);
  }

  /** Resolves when no row is deferred. Also if none can be written now: what is stored can still be read. */
  async settled(): Promise<void> {
    if (this.parts.memory.owed.size > 0) await this.#write((rooms) => this.#settle(rooms));
  }

  async close(): Promise<void> {
    await this.settled();
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#write((rooms) => this.#step(rooms)), ms);
    Deno.unrefTimer(this.#timer);
  }

  async #write(write: Write<void>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.parts.queue.write(write);
    } catch {
      // Concurrent writes were rejected with Unavailable; the deferred rows are retried.
      this.#schedule(afterFailureMs);
    }
  }

  #step(rooms: RoomDrafts): void {
    const { owed } = this.parts.memory;
    if (owed.size <= rowsInStep) return this.#settle(rooms);
    this.#hasMore = true;
    for (const row of owed.values().take(rowsInStep)) putAsItIs(rooms, row);
  }

  #settle(rooms: RoomDrafts): void {
    this.#hasMore = false;
    for (const row of this.parts.memory.owed.values()) putAsItIs(rooms, row);
    rooms.makeAllDue();
    noteSettled(this.parts.db, this.parts.keys.last);
  }
}

/** Includes the room's row in this transaction, with the changes of earlier messages. */
function putAsItIs(rooms: RoomDrafts, row: RoomRow): void {
  const now = rooms.get(row);
  if (now) rooms.put(now);
}
