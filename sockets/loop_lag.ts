const everyMs = 100;

/** Notes how late a timer runs: while it is late, everybody waits. */
export class LoopLag {
  #due = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly note: (seconds: number) => void) {}

  start(): void {
    this.#due = performance.now() + everyMs;
    this.#timer = setInterval(() => this.#look(), everyMs);
    Deno.unrefTimer(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.note(Math.max(0, now - this.#due) / 1_000);
    this.#due = now + everyMs;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
