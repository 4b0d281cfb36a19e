import { monotonicMs } from "../limits/bucket.ts";

/** Failures before the first delay: a person mistypes, or tries several passwords. */
const freeFailures = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 900_000;
/** Failures are forgotten after so long without another one. Milliseconds. */
const forgetAfterMs = 3_600_000;
/** Keys of one generation. Beyond it the older generation is dropped, so memory stays bounded. */
const maxKeys = 50_000;

interface Failures {
  count: number;
  lastAt: number;
}

/** After the fifth failure under a key each further attempt has to wait: 1 s, 2 s, 4 s … 15 min. No permanent lock. */
export class LoginDelays {
  #young = new Map<string, Failures>();
  #old = new Map<string, Failures>();

  /** `now`: monotonic milliseconds. */
  constructor(readonly now: () => number = monotonicMs) {}

  /** Milliseconds until the next attempt under this key is allowed; 0: at once. */
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

  /** A correct password resets the key. */
  passed(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #failures(key: string): Failures {
    const kept = this.#young.get(key) ?? this.#old.get(key);
    return kept && this.now() - kept.lastAt < forgetAfterMs ? kept : { count: 0, lastAt: 0 };
  }
}
