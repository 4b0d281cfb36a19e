import { typingEveryMs } from "../../protocol/limits.ts";

/** What a socket's member has before it. */
export interface Watched {
  consumer: string | null;
  composing: boolean;
}

/** Passes at most two changes per second: the first at once, then the latest. */
export class WatchThrottle {
  #next: Watched | undefined;
  #last: Watched | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly pass: (watched: Watched) => void) {}

  put(watched: Watched): void {
    if (this.#timer !== undefined) return void (this.#next = watched);
    this.#last = watched;
    this.#timer = setTimeout(() => this.#release(), typingEveryMs / 2);
    Deno.unrefTimer(this.#timer);
    this.pass(watched);
  }

  /** The socket has ended. */
  close(): void {
    clearTimeout(this.#timer);
    if (this.#last !== undefined && this.#last.consumer !== null) {
      this.pass({ consumer: null, composing: false });
    }
  }

  #release(): void {
    this.#timer = undefined;
    const next = this.#next;
    this.#next = undefined;
    if (next) this.put(next);
  }
}
