import type { CheckpointThread } from "./checkpoint_thread.ts";
import { within } from "./within.ts";

interface Surroundings {
  /** What writes. It can be held for a moment. */
  writes: { pause(): void; resume(): void };
  onTrouble(what: string, error: unknown): void;
  startThread(): CheckpointThread;
}

/** From a commit to the next checkpoint; while the WAL grows fast, sooner. */
const everyMs = 1_000;
const everyMsWhenBusy = 250;
const afterFailureMs = 10_000;
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
  #closed = false;

  constructor(readonly surroundings: Surroundings) {}

  /** Something was committed. */
  wake(): void {
    this.#due = true;
    this.#schedule(everyMs);
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
    const nextMs = await this.#checkpoint().catch((error) => this.#fail(error));
    this.#running = undefined;
    this.#schedule(nextMs);
  }

  /** Answers in how many milliseconds the next may follow. */
  async #checkpoint(): Promise<number> {
    const thread = this.#thread ??= this.surroundings.startThread();
    const { frames } = await thread.checkpoint("PASSIVE");
    if (frames > longWal) await this.#beginAnew(thread);
    return frames > longWal / 2 ? everyMsWhenBusy : everyMs;
  }

  async #beginAnew(thread: CheckpointThread): Promise<void> {
    const { writes } = this.surroundings;
    writes.pause();
    const begun = thread.checkpoint("RESTART");
    await within(maxPauseMs, begun).finally(() => writes.resume());
    await begun;
  }

  /** A new Worker will try it again. */
  #fail(error: unknown): number {
    this.#thread?.end();
    this.#thread = undefined;
    this.#due = true;
    if (!this.#closed) this.surroundings.onTrouble("A checkpoint failed and will be tried again", error);
    return afterFailureMs;
  }
}
