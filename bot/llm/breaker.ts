/** Failures in a row after which the endpoint is left alone, and for how long. Milliseconds. */
const mostFailures = 5, restMs = 60_000;
/** Longest rest that the endpoint can ask for. Milliseconds. */
const longestRestMs = 10 * 60_000;

/** Leaves an endpoint alone that fails: visitors need not wait for what will not come. */
export class Breaker {
  #failures = 0;
  #restsUntil = 0;

  constructor(readonly now: () => number) {}

  get isOpen(): boolean {
    return this.now() < this.#restsUntil;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** After a rest one more failure begins the next. */
  failed(): void {
    if (++this.#failures >= mostFailures) this.rest(restMs);
  }

  /** The endpoint has asked not to be called for this long. */
  rest(ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, this.now() + Math.min(ms, longestRestMs));
  }
}
