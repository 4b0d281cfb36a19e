import { monotonicMs } from "../limits/bucket.ts";

/** Failures before the first delay: a person who mistypes, or tries the passwords they have. */
const freeFailures = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 900_000;
/** Failures are forgotten when none was added for so long. Milliseconds. */
const forgetAfterMs = 3_600_000;
/** Keys of one generation. Past it the older one is forgotten: memory stays bounded whoever knocks. */
const maxKeys = 50_000;

interface Failures {
  count: number;
  lastAt: number;
}

/** After the fifth failure under a key each further try has to wait: 1 s, 2 s, 4 s … 15 min. Nothing is locked for good. */
export class LoginDelays {
  #young = new Map<string, Failures>();
  #old = new Map<string, Failures>();

  /** `now` in milliseconds, never going back. */
  constructor(readonly now: () => number = monotonicMs) {}

  /** Milliseconds until the next try under this key; 0: at once. */
  wait(key: string): number {
    const { count, lastAt } = this.#failures(key);
    if (count < freeFailures) return 0;
    const delayMs = Math.min(firstDelayMs * 2 ** (count - freeFailures), longestDelayMs);
    return Math.max(0, Math.ceil(lastAt + delayMs - this.now()));
  }

  failed(key: string): void {
    const { count } = this.#failures(key);
    if (this.#young.size >= maxKeys) [this.#young, this.#old] = [new Map(), this.#young];
    this.#young.set(key, { count: count + 1, lastAt: this.now() });
  }

  /** Who knew the password begins anew. */
  passed(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #failures(key: string): Failures {
    const kept = this.#young.get(key) ?? this.#old.get(key);
    return kept && this.now() - kept.lastAt < forgetAfterMs ? kept : { count: 0, lastAt: 0 };
  }
}
