import { setImmediate } from "node:timers";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Unavailable } from "../errors.ts";
import { RoomDrafts } from "./room_drafts.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { RoomRow } from "./room_row.ts";
import { isBusy, isTrouble, unavailable } from "./trouble.ts";

/** A write: it may run again from the start if its transaction failed, so it changes nothing but the file and the drafts. */
export type Write<T> = (rooms: RoomDrafts) => T;

interface Waiting {
  write: Write<unknown>;
  since: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { value: unknown } | { error: unknown };

/** Writes of one transaction, at most: some 15 ms of the event loop. */
const maxBatch = 500;
/** How long a write waits for another program's lock, and how often it tries. */
const patienceMs = 1_000;
const retryMs = 25;

/**
 * All writes of the process, in the order of the calls. What arrived in one turn of the event loop shares a transaction,
 * hence one flush of the disk; nobody is answered before COMMIT has returned.
 */
export class WriteQueue {
  #waiting: Waiting[] = [];
  #scheduled = false;
  #paused = false;
  #closed = false;
  #drained: (() => void) | undefined;
  #begin: StatementSync;
  #commit: StatementSync;
  #updateRoom: StatementSync;

  /** Called after each transaction. */
  onCommit: () => void = () => {};

  constructor(readonly db: DatabaseSync, readonly memory: RoomMemory) {
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
    this.#updateRoom = db.prepare(`
      UPDATE rooms SET status = ?, status_by = ?, status_at = ?, active = ?, head = ?, read_admin = ?, read_visitor = ?
      WHERE key = ?`);
  }

  /** Resolves with what the write answered, once it is durable. @throws {Unavailable} */
  write<T>(write: Write<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Unavailable("The database is closed"));
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ write, since: performance.now(), resolve: resolve as Waiting["resolve"], reject });
      this.#schedule();
    });
  }

  /** Until `resume`, writes wait. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  /** Refuses further writes; resolves when those accepted are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    this.resume();
    if (this.#waiting.length) await new Promise<void>((resolve) => this.#drained = resolve);
  }

  #schedule(): void {
    if (this.#scheduled || this.#paused || !this.#waiting.length) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#paused) return;
    const batch = this.#waiting.splice(0, maxBatch);
    try {
      const outcomes = this.#run(batch);
      batch.forEach((waiting, i) => settle(waiting, outcomes[i]!));
    } catch (error) {
      if (isBusy(error)) return this.#wait(batch, error);
      for (const { reject } of batch) reject(unavailable(error));
    }
    this.#schedule();
    if (!this.#waiting.length) this.#drained?.();
  }

  /** Tries again a little later; never waits in here, where every socket of the process would wait along. */
  #wait(batch: Waiting[], error: unknown): void {
    const tooLate = performance.now() - patienceMs;
    const patient = batch.filter(({ since }) => since > tooLate);
    for (const { since, reject } of batch) if (since <= tooLate) reject(unavailable(error));
    this.#waiting.unshift(...patient);
    if (!this.#waiting.length) return this.#drained?.();
    this.#scheduled = true;
    setTimeout(() => this.#turn(), retryMs);
  }

  #run(batch: Waiting[]): Outcome[] {
    try {
      return this.#together(batch);
    } catch (error) {
      if (isTrouble(error)) throw error;
      // What is remembered may be what is wrong.
      this.memory.forgetAll();
      return this.#oneByOne(batch);
    }
  }

  #together(batch: Waiting[]): Outcome[] {
    return this.#transaction((rooms) => {
      const outcomes = batch.map(({ write }) => ({ value: write(rooms) }));
      this.#save(rooms);
      return outcomes;
    });
  }

  /** With a savepoint each, so that one that cannot be written fails alone. */
  #oneByOne(batch: Waiting[]): Outcome[] {
    return this.#transaction((rooms) => batch.map(({ write }) => this.#alone(write, rooms)));
  }

  #alone(write: Write<unknown>, rooms: RoomDrafts): Outcome {
    const own = new RoomDrafts(rooms);
    this.db.exec("SAVEPOINT one");
    try {
      const value = write(own);
      this.#save(own);
      this.db.exec("RELEASE one");
      rooms.adopt(own);
      return { value };
    } catch (error) {
      if (isTrouble(error)) throw error;
      this.db.exec("ROLLBACK TO one; RELEASE one");
      return { error };
    }
  }

  #transaction<T>(work: (rooms: RoomDrafts) => T): T {
    const rooms = new RoomDrafts(this.memory);
    this.#begin.run();
    let result: T;
    try {
      result = work(rooms);
      this.#commit.run();
    } catch (error) {
      this.#rollback();
      throw error;
    }
    for (const [name, row] of rooms.changed()) {
      if (row) this.memory.remember(name, row);
      else this.memory.forget(name);
    }
    this.onCommit();
    return result;
  }

  #rollback(): void {
    // A full disk may have ended the transaction already.
    if (this.db.isTransaction) this.db.exec("ROLLBACK");
  }

  /** Each changed room once, however many messages it got. */
  #save(rooms: RoomDrafts): void {
    for (const [, row] of rooms.changed()) if (row) this.#saveRoom(row);
  }

  #saveRoom({ status, statusBy, statusAt, active, head, readAdmin, readVisitor, key }: RoomRow): void {
    this.#updateRoom.run(status, statusBy, statusAt, active, head, readAdmin, readVisitor, key);
  }
}

function settle(waiting: Waiting, outcome: Outcome): void {
  if ("error" in outcome) waiting.reject(outcome.error);
  else waiting.resolve(outcome.value);
}
