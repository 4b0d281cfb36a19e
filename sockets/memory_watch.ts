/** Part of the limit at which new sockets are refused, and below which they are accepted again. */
const shortFrom = 0.8, enoughBelow = 0.7;
/** Consecutive checks over the limit before the process is replaced: a short peak ends nobody's chat. */
const patience = 4;

export interface MemoryWatchOptions {
  /** Bytes of the process; Infinity: not watched. */
  limit: number;
  /** Called once, when the process stays over its limit. */
  onExhausted(bytes: number): void;
  /** Milliseconds between checks; one costs some 20 µs. */
  everyMs?: number;
  residentBytes?: () => number;
}

/**
 * Watches the memory of the process. What peers make Deno's own sockets buffer cannot be bounded from here, nor freed
 * while the peer stays connected: what remains is to refuse new sockets and at last to restart.
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

  /** New sockets are refused. */
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
