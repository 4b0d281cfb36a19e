import type { CheckpointThread } from "./checkpoint_thread.ts";
import { isFull } from "./engine_errors.ts";
import { within } from "./within.ts";

interface Surroundings {
  /** What writes. It can be held for a moment. */
  writes: {
    pause(): void;
    resume(): void;
    stop(error: unknown): void;
    goOn(): void;
    refuseUntil(time: number): void;
    readonly isWaitedFor: boolean;
  };
  onTrouble(what: string, error: unknown): void;
  startThread(): CheckpointThread;
  /** From a checkpoint that failed to the next. Milliseconds. */
  afterFailureMs?: number;
}

/** From a commit to the next checkpoint; while the WAL grows fast, sooner. */
const everyMs = 1_000;
const everyMsWhenBusy = 250;
const afterFailureMs = 10_000;
/** From one look for room on a full disk to the next: while somebody waits, and else. */
const roomMs = 250, roomMsWhenIdle = 1_000;
/** Pages of 4 KiB, so 16 MiB. A longer WAL is begun anew, for which the writes have to be held for a moment. */
const longWal = 4_096;
/** The longest that writes are held. After that they try by themselves, as with any other program's lock. */
const maxPauseMs = 1_000;
const maxClosingMs = 2_000;

/**
 * Brings committed pages from the WAL into the database, behind the writes: a commit that did it on the way would stall
 * the event loop for tens to hundreds of milliseconds. The Worker for it is started a while after the first commit.
 */
export class Checkpoints {
  #thread: CheckpointThread | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #due = false;
  #isFull = false;
  #closed = false;

  constructor(readonly surroundings: Surroundings) {}

  /** Something was committed. */
  wake(): void {
    this.#due = true;
    this.#schedule(everyMs);
  }

  /**
   * There was no room. Writes stay stopped until the WAL has gone into the database: going on at once they would take
   * whatever was freed for a longer WAL, and the database could never grow to take it in.
   */
  full(error: unknown): void {
    if (this.#isFull || this.#closed) return;
    this.#isFull = this.#due = true;
    this.surroundings.writes.stop(error);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await within(maxClosingMs, this.#running);
    await this.#thread?.close();
    await this.#running;
  }

  #schedule(afterMs: number): void {
    if (!this.#due || this.#timer !== undefined || this.#running || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#run();
    }, afterMs);
  }

  async #run(): Promise<void> {
    this.#due = false;
    const wasFull = this.#isFull;
    const nextMs = await (wasFull ? this.#findRoom() : this.#checkpoint()).catch((error) =>
      this.#fail(error)
    );
    this.#running = undefined;
    this.#schedule(this.#isFull && !wasFull ? 0 : nextMs);
  }

  /** Answers in how many milliseconds the next may follow. */
  async #checkpoint(): Promise<number> {
    const thread = this.#thread ??= this.surroundings.startThread();
    const { frames } = await thread.checkpoint("PASSIVE");
    if (frames > longWal) await this.#beginAnew(thread);
    return frames > longWal / 2 ? everyMsWhenBusy : everyMs;
  }

  async #findRoom(): Promise<number> {
    const { writes } = this.surroundings, began = performance.now();
    const thread = this.#thread ??= this.surroundings.startThread();
    const { hasRoom } = await thread.checkpoint("TRUNCATE").catch((error) => {
      if (!isFull(error)) throw error;
      return { hasRoom: false };
    });
    if (hasRoom) {
      this.#isFull = false;
      writes.goOn();
      return everyMs;
    }
    this.#due = true;
    writes.refuseUntil(began);
    return writes.isWaitedFor ? roomMs : roomMsWhenIdle;
  }

  async #beginAnew(thread: CheckpointThread): Promise<void> {
    const { writes } = this.surroundings;
    writes.pause();
    const begun = thread.checkpoint("RESTART");
    await within(maxPauseMs, begun).finally(() => writes.resume());
    await begun;
  }

  /** It will be tried again, by a new Worker where this one may be what failed. */
  #fail(error: unknown): number {
    this.#due = true;
    if (!this.#closed) this.surroundings.onTrouble("A checkpoint failed and will be tried again", error);
    if (isFull(error)) {
      this.full(error);
      return 0;
    }
    this.#thread?.end();
    this.#thread = undefined;
    if (!this.#isFull) return this.surroundings.afterFailureMs ?? afterFailureMs;
    this.surroundings.writes.refuseUntil(Infinity);
    return roomMsWhenIdle;
  }
}
