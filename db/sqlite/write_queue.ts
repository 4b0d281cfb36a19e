import type { DatabaseSync } from "node:sqlite";
import { Unavailable } from "../errors.ts";
import type { RoomMemory } from "./room_memory.ts";
import type { Write } from "./room_drafts.ts";
import { type Outcome, Transactions } from "./transactions.ts";
import { isBusy, isFull, unavailable } from "./engine_errors.ts";

interface Waiting {
  write: Write<unknown>;
  /** Time when the write first met a full disk or a lock. Milliseconds, of `performance`. */
  since?: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Deno initializes the global on first use; an import of `node:timers` would cost milliseconds at each start.
 */
const atEndOfTurn = (act: () => void) =>
  (globalThis as unknown as typeof import("node:timers")).setImmediate(act);

/** Writes per transaction: about 15 ms of the event loop. */
const maxBatch = 500;
/** How long a write waits for another program's lock, and the interval of retries. Milliseconds. */
const patienceMs = 1_000;
const retryMs = 25;

/**
 * All writes of the process, in call order. Writes that arrive in the same turn of the event loop share a
 * transaction, hence one flush to disk; they resolve only after COMMIT has returned.
 */
export class WriteQueue {
  #waiting: Waiting[] = [];
  #scheduled = false;
  #paused = false;
  #closed = false;
  /** The error that stopped the writes, until `goOn`. */
  #stopped: { error: unknown } | undefined;
  #refusing = false;
  #drained: (() => void) | undefined;
  #transactions: Transactions;

  /** Called after each transaction. */
  onCommit: (writes: number, seconds: number) => void = () => {};
  /** Called when a write failed because the disk is full. */
  onFull: (error: unknown) => void = () => {};
  /** Called when writes start to be rejected; not again until one has succeeded. */
  onRefusal: (error: unknown) => void = () => {};

  /** `isThere`: whether the database file still exists where it was opened. */
  constructor(db: DatabaseSync, memory: RoomMemory, readonly isThere: () => boolean) {
    this.#transactions = new Transactions(db, memory);
  }

  /**
   * Resolves with the write's result once it is durable.
   * @throws {Unavailable} and the error that the write returned
   */
  write<T>(write: Write<T>): Promise<Exclude<T, Error>> {
    if (this.#closed) return Promise.reject(new Unavailable("The database is closed"));
    return new Promise((resolve, reject) => {
      const since = this.#stopped && performance.now();
      this.#waiting.push({ write, since, resolve: resolve as Waiting["resolve"], reject });
      this.#schedule();
    });
  }

  /** Holds writes until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  /** Stops all writes until `goOn`. New writes wait until `refuseUntil` rejects them. */
  stop(error: unknown): void {
    this.#stopped = { error };
    this.refuseUntil(Infinity);
  }

  goOn(): void {
    this.#stopped = undefined;
    for (const one of this.#waiting) one.since = undefined;
    this.#schedule();
  }

  /** While stopped: rejects the writes that were queued before `time` (milliseconds of `performance`). */
  refuseUntil(time: number): void {
    if (!this.#stopped) return;
    const refused = this.#waiting.filter(({ since }) => (since ?? 0) < time);
    this.#waiting = this.#waiting.filter(({ since }) => (since ?? 0) >= time);
    this.#refuse(refused, this.#stopped.error);
    if (!this.#waiting.length) this.#drained?.();
  }

  get isWaitedFor(): boolean {
    return this.#waiting.length > 0;
  }

  /** Rejects further writes; resolves when the accepted ones are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopped = undefined;
    this.resume();
    if (this.#waiting.length) await new Promise<void>((resolve) => this.#drained = resolve);
  }

  #schedule(): void {
    if (this.#scheduled || this.#paused || this.#stopped || !this.#waiting.length) return;
    this.#scheduled = true;
    atEndOfTurn(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#paused || this.#stopped) return;
    const batch = this.#waiting.splice(0, maxBatch);
    const began = performance.now();
    try {
      if (!this.isThere()) throw new Error("its file was moved, removed or replaced");
      const outcomes = this.#transactions.run(batch.map(({ write }) => write));
      batch.forEach((waiting, i) => settle(waiting, outcomes[i]!));
      this.#refusing = false;
      this.onCommit(batch.length, (performance.now() - began) / 1_000);
    } catch (error) {
      if (isBusy(error)) return this.#wait(batch, error);
      this.#refuse(batch, error);
      if (isFull(error) && !this.#closed) this.onFull(error);
    }
    this.#schedule();
    if (!this.#waiting.length) this.#drained?.();
  }

  #refuse(batch: Waiting[], error: unknown): void {
    if (batch.length === 0) return;
    for (const { reject } of batch) reject(unavailable(error));
    if (!this.#refusing) this.onRefusal(error);
    this.#refusing = true;
  }

  /** Retries later with a timer. Waiting synchronously would block all sockets of the process. */
  #wait(batch: Waiting[], error: unknown): void {
    const now = performance.now();
    const waitedMs = (one: Waiting) => now - (one.since ??= now);
    this.#refuse(batch.filter((one) => waitedMs(one) >= patienceMs), error);
    this.#waiting.unshift(...batch.filter((one) => waitedMs(one) < patienceMs));
    if (!this.#waiting.length) return this.#drained?.();
    this.#scheduled = true;
    setTimeout(() => this.#turn(), retryMs);
  }
}

function settle(waiting: Waiting, outcome: Outcome): void {
  if ("error" in outcome) waiting.reject(outcome.error);
  else if (outcome.value instanceof Error) waiting.reject(outcome.value);
  else waiting.resolve(outcome.value);
}
