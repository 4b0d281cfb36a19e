const everyMs = 5;

/** Measures the longest time that the event loop was blocked between start and `stop`. */
export class LoopLag {
  #last = performance.now();
  #longestMs = 0;
  #timer = setInterval(() => this.#look(), everyMs);

  /** Longest lag. Milliseconds. */
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
