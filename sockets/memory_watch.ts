/** Part of the limit from which no new sockets are taken, and below which they are again. */
const shortFrom = 0.8, enoughBelow = 0.7;
/** Looks in a row over the limit before the process is given up: a peak that goes by itself ends nobody's chat. */
const patience = 4;

export interface MemoryWatchOptions {
  /** Bytes of the process; Infinity: nothing is watched. */
  limit: number;
  /** The process is over its limit and stays there. Called once. */
  onExhausted(bytes: number): void;
  /** Milliseconds between looks; one costs some 20 µs. */
  everyMs?: number;
  residentBytes?: () => number;
}

/**
 * Watches the memory of the process. What peers make Deno's own sockets hold cannot be bounded from here, nor freed
 * while such a peer stays: what can be done is to take no more of them, and at last to begin anew.
 */
export class MemoryWatch {
  #short = false;
  #over = 0;
  #timer?: ReturnType<typeof setInterval>;

  constructor(readonly options: MemoryWatchOptions) {
    if (options.limit === Infinity) return;
    this.#timer = setInterval(() => this.#look(), options.everyMs ?? 250);
    Deno.unrefTimer(this.#timer);
  }

  /** No new sockets now. */
  get isShort(): boolean {
    return this.#short;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { limit, onExhausted, residentBytes = () => Deno.memoryUsage().rss } = this.options;
    const bytes = residentBytes();
    this.#short = bytes > limit * (this.#short ? enoughBelow : shortFrom);
    this.#over = bytes > limit ? this.#over + 1 : 0;
    if (this.#over < patience) return;
    this.close();
    onExhausted(bytes);
  }
}
