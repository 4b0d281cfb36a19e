import type { CheckpointThread } from "./checkpoint_thread.ts";
import { isFull } from "./engine_errors.ts";
import { within } from "./within.ts";

interface Surroundings {
  /** The write queue, which checkpoints can pause. */
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
  /** Delay after a failed checkpoint. Milliseconds. */
  afterFailureMs?: number;
}

/**
 * Delay between a commit and the next checkpoint, and the shorter one while the WAL grows fast. Milliseconds.
 */
const everyMs = 1_000;
const everyMsWhenBusy = 250;
const afterFailureMs = 10_000;
/**
 * Interval of checks for free space on a full disk: while writes wait, and while none waits. Milliseconds.
 */
const roomMs = 250, roomMsWhenIdle = 1_000;
/** Pages of 4 KiB: 16 MiB. A longer WAL is restarted, which requires a short pause of the writes. */
const longWal = 4_096;
/**
 * Longest pause of the writes. After that they run and retry on a lock, as with any other program's lock.
 * Milliseconds.
 */
const maxPauseMs = 1_000;
const maxClosingMs = 2_000;

/**
 * Copies committed pages from the WAL into the database in the background: an automatic checkpoint within a
 * commit would block the event loop for tens to hundreds of milliseconds. The Worker starts with the first
 * checkpoint, not with the process.
 */
export class Checkpoints {
  #thread: CheckpointThread | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #due = false;
  #isFull = false;
  #closed = false;

  constructor(readonly surroundings: Surroundings) {}

  /** Called after each commit. */
  wake(): void {
    this.#due = true;
    this.#schedule(everyMs);
  }

  /**
   * Called when the disk is full. Writes stay stopped until the WAL has been copied into the database:
   * otherwise they would use freed space for a longer WAL, and the database file could never grow enough to
   * take its pages.
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

  /** Returns the delay until the next checkpoint. Milliseconds. */
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

  /**
   * Schedules a retry, with a new Worker if the old one may have failed. Returns the delay in milliseconds.
   */
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
