/** At most `count` in any stretch of about `seconds`: a token bucket of `count`, refilled evenly. `off`: no limit. */
export type Rate = { count: number; seconds: number } | "off";

/** Monotonic milliseconds: a wall clock set back by an hour would lock everybody out for that hour. */
export const monotonicMs = (): number => performance.now();

/** A token bucket of one key, stored as one number: the time at which it will be full again. */
export class Bucket {
  /** Milliseconds to refill one token. */
  #refillMs: number;
  /** Milliseconds from full at which a bucket can still give a token. */
  #slackMs: number;
  #now: () => number;
  #fullAt = 0;

  constructor(rate: Rate, now = monotonicMs) {
    this.#refillMs = rate === "off" ? 0 : rate.seconds * 1_000 / rate.count;
    this.#slackMs = rate === "off" ? 0 : (rate.count - 1) * this.#refillMs;
    this.#now = now;
  }

  /** Takes a token. Returns 0, or the milliseconds to wait if there was none (then nothing is taken). */
  take(): number {
    if (this.#refillMs === 0) return 0; // no limit, so not even a look at the clock
    const now = this.#now();
    const fullAt = Math.max(this.#fullAt, now);
    // Whole milliseconds: rounding errors must not make a client that waited wait again.
    const waitMs = Math.floor(fullAt - now - this.#slackMs);
    if (waitMs > 0) return waitMs;
    this.#fullAt = fullAt + this.#refillMs;
    return 0;
  }

  /** Returns a token that should not have counted. */
  giveBack(): void {
    this.#fullAt -= this.#refillMs;
  }
}
