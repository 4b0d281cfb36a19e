/** How long the language model may take. Milliseconds. */
export interface Times {
  /** Until the first piece of the answer, retries included. */
  first: number;
  /** From one piece to the next. */
  next: number;
  /** From the last piece until the endpoint says what it counted. */
  last: number;
  whole: number;
}

export const usualTimes: Times = { first: 8_000, next: 8_000, last: 1_000, whole: 30_000 };

/** Aborts what takes too long, or with `outer`. */
export class Stopwatch {
  #controller = new AbortController();
  #whole: ReturnType<typeof setTimeout>;
  #next: ReturnType<typeof setTimeout> | undefined;
  #nextAt = Infinity;
  #outerAborted = () => this.#controller.abort(this.outer.reason);

  constructor(readonly outer: AbortSignal, wholeMs: number) {
    this.#whole = setTimeout(this.#late, wholeMs);
    if (outer.aborted) this.#outerAborted();
    else outer.addEventListener("abort", this.#outerAborted, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something has to happen within this time, or before `within` is called again. */
  within(ms: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(this.#late, ms);
    this.#nextAt = performance.now() + ms;
  }

  /** Milliseconds until something has to have happened. */
  get left(): number {
    return this.#nextAt - performance.now();
  }

  /** @throws what `signal` is aborted with */
  pause(ms: number): Promise<void> {
    const { signal } = this;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const aborted = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", aborted);
        resolve();
      }, ms);
      signal.addEventListener("abort", aborted, { once: true });
    });
  }

  /** Ends whatever is under way. */
  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#next);
    this.outer.removeEventListener("abort", this.#outerAborted);
    this.#controller.abort();
  }

  #late = () => this.#controller.abort(new DOMException("Took too long", "TimeoutError"));
}

/** Whether something was aborted because it took too long. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "TimeoutError";
