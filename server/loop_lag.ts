const everyMs = 100;

/** Measures how late a timer fires, and the time since it fired last: while it is late, everybody waits. */
export class LoopLag {
  #due = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly note: (seconds: number, elapsedMs: number) => void) {}

  start(): void {
    this.#due = performance.now() + everyMs;
    this.#timer = setInterval(() => this.#look(), everyMs);
    Deno.unrefTimer(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    const lateMs = Math.max(0, now - this.#due);
    this.note(lateMs / 1_000, everyMs + lateMs);
    this.#due = now + everyMs;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
