import { RateLimited } from "./errors.ts";

/** Milliseconds after which whoever has too much waiting may ask again. */
const retryMs = 1_000;

/**
 * Work of many accounts, a few pieces at a time and one of each account, in turns: who asks much waits for itself alone.
 */
export class FairQueue {
  #running = new Set<string>();
  /** In the order of their turns. */
  #waiting = new Map<string, (() => void)[]>();

  constructor(readonly limits: { atOnce: number; mostWaiting: number }) {}

  /** @throws {RateLimited} if so much of this account waits already */
  async run<T>(account: string, work: () => Promise<T>): Promise<T> {
    await this.#turnOf(account);
    try {
      return await work();
    } finally {
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

  #next(): void {
    for (const [account, waiting] of [...this.#waiting]) {
      if (this.#running.size >= this.limits.atOnce) return;
      if (this.#running.has(account)) continue;
      const start = waiting.shift()!;
      // Whoever has more waiting comes after all others.
      this.#waiting.delete(account);
      if (waiting.length > 0) this.#waiting.set(account, waiting);
      this.#running.add(account);
      start();
    }
  }
}
