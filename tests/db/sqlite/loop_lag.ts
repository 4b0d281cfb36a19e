const everyMs = 5;

/** Measures how long the event loop stood still at most, from now until it is stopped. */
export class LoopLag {
  #last = performance.now();
  #longestMs = 0;
  #timer = setInterval(() => this.#look(), everyMs);

  /** Milliseconds. */
  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#longestMs;
  }

  #look(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#last - everyMs);
    this.#last = now;
  }
}
