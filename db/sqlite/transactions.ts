import type { DatabaseSync, StatementSync } from "node:sqlite";
import { RoomDrafts, type Write } from "./room_drafts.ts";
import { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { catchUpRooms } from "./catch_up_rooms.ts";
import { isEngineError } from "./engine_errors.ts";
import { rollBack } from "./roll_back.ts";

/** The result of one write, or the error that only it had. */
export type Outcome = { value: unknown } | { error: unknown };

/** Runs several writes as one transaction. Updates the cache of rooms after COMMIT. */
export class Transactions {
  #begin: StatementSync;
  #commit: StatementSync;
  #updateRoom: StatementSync;

  constructor(readonly db: DatabaseSync, readonly memory: RoomMemory) {
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
    this.#updateRoom = db.prepare(`
      UPDATE rooms SET status = ?, status_by = ?, status_at = ?, active = ?, head = ?, read_admin = ?, read_visitor = ?,
        snoozed_until = ?, waiting_since = ?, bot_due_at = ?
      WHERE key = ?`);
  }

  /**
   * Returns the outcome of each write; all are durable.
   * @throws the engine's error; then nothing is stored
   */
  run(writes: Write<unknown>[]): Outcome[] {
    try {
      return this.#together(writes);
    } catch (error) {
      if (isEngineError(error)) throw error;
      return this.#oneByOne(writes);
    }
  }

  #together(writes: Write<unknown>[]): Outcome[] {
    return this.#transaction((rooms) => {
      const outcomes = writes.map((write) => ({ value: write(rooms) }));
      this.#save(rooms);
      return outcomes;
    });
  }

  /** Runs each write in its own savepoint, so that a failing write does not affect the others. */
  #oneByOne(writes: Write<unknown>[]): Outcome[] {
    // The cached rooms may be the cause, so all rooms are read from the file. The cache stays if this fails
    // as well.
    return this.#transaction((rooms) => {
      catchUpRooms(this.db);
      return writes.map((write) => this.#alone(write, rooms));
    }, new RoomMemory(this.db));
  }

  #alone(write: Write<unknown>, rooms: RoomDrafts): Outcome {
    const own = new RoomDrafts(rooms);
    this.db.exec("SAVEPOINT one");
    try {
      const value = write(own);
      own.makeAllDue();
      this.#save(own);
      this.db.exec("RELEASE one");
      rooms.adopt(own);
      return { value };
    } catch (error) {
      if (isEngineError(error)) throw error;
      this.db.exec("ROLLBACK TO one; RELEASE one");
      return { error };
    }
  }

  #transaction<T>(work: (rooms: RoomDrafts) => T, below = this.memory): T {
    const rooms = new RoomDrafts(below);
    this.#begin.run();
    let result: T;
    try {
      result = work(rooms);
      this.#commit.run();
    } catch (error) {
      rollBack(this.db);
      throw error;
    }
    if (below !== this.memory) this.memory.forgetAll();
    rooms.commitTo(this.memory);
    return result;
  }

  /** Writes each changed room once, however many messages it got. */
  #save(rooms: RoomDrafts): void {
    for (const row of rooms.written()) this.#saveRoom(row);
  }

  #saveRoom(row: RoomRow): void {
    const { status, statusBy, statusAt, active, head, readAdmin, readVisitor } = row;
    const { key, snoozedUntil, waitingSince, botDueAt } = row, marks = [head, readAdmin, readVisitor];
    const times = [snoozedUntil, waitingSince, botDueAt];
    this.#updateRoom.run(status, statusBy, statusAt, active, ...marks, ...times, key);
  }
}
