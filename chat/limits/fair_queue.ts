import { RateLimited } from "../errors.ts";

/** Retry delay for an account with too much waiting. Milliseconds. */
const retryMs = 1_000;

/** Half-life of the recorded usage (milliseconds), and the number of accounts recorded. */
const halfLifeMs = 10_000, maxUsed = 1_000;

/**
 * Runs work of many accounts, a few pieces at a time and one per account. The account with the least recent usage comes
 * first, then the one that has waited longest: heavy users wait however many they are, light users wait for none of
 * them.
 */
export class FairQueue {
  #running = new Set<string>();
  /** Recent usage in milliseconds, as of a time. */
  #used = new Map<string, { ms: number; at: number }>();
  /** Waiting work, in order. */
  #waiting = new Map<string, (() => void)[]>();

  constructor(readonly limits: { atOnce: number; mostWaiting: number }) {}

  /**
   * `cost`: milliseconds that others had to wait for it, where known; else the duration of the work.
   * @throws {RateLimited} if too much of this account is waiting
   */
  async run<T>(account: string, work: () => Promise<T>, cost?: (done: T) => number | undefined): Promise<T> {
    await this.#turnOf(account);
    const began = performance.now();
    let ms: number | undefined;
    try {
      const done = await work();
      ms = cost?.(done);
      return done;
    } finally {
      this.#note(account, ms ?? performance.now() - began);
      this.#running.delete(account);
      this.#next();
    }
  }

  #turnOf(account: string): Promise<void> {
    const waiting = this.#waiting.get(account) ?? [];
    if (waiting.length >= this.limits.mostWaiting) throw new RateLimited(retryMs, "Too many at once");
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    this.#waiting.set(account, waiting);
    this.#next();
    return promise;
  }

  #usedBy(account: string): number {
    const { ms, at } = this.#used.get(account) ?? { ms: 0, at: 0 };
    return ms * 0.5 ** ((performance.now() - at) / halfLifeMs);
  }

  #note(account: string, ms: number): void {
    const all = this.#usedBy(account) + ms;
    this.#used.delete(account);
    this.#used.set(account, { ms: all, at: performance.now() });
    // Drops the one that was recorded longest ago.
    if (this.#used.size > maxUsed) this.#used.delete(this.#used.keys().next().value!);
  }

  #next(): void {
    while (this.#running.size < this.limits.atOnce) {
      let first: string | undefined, least = Infinity;
      for (const account of this.#waiting.keys()) {
        const used = this.#running.has(account) ? Infinity : this.#usedBy(account);
        if (used < least) [first, least] = [account, used];
      }
      if (first === undefined) return;
      this.#start(first);
    }
  }

  #start(account: string): void {
    const waiting = this.#waiting.get(account)!, start = waiting.shift()!;
    // An account with more work waiting goes behind all others.
    this.#waiting.delete(account);
    if (waiting.length > 0) this.#waiting.set(account, waiting);
    this.#running.add(account);
    start();
  }
}
