const everyMs = 100;

/** Notes how late a timer runs: while it is late, everybody waits. */
export class LoopLag {
  #due = performance.now() + everyMs;
  #timer: ReturnType<typeof setInterval>;

  constructor(note: (seconds: number) => void) {
    this.#timer = setInterval(() => {
      const now = performance.now();
      note(Math.max(0, now - this.#due) / 1_000);
      this.#due = now + everyMs;
    }, everyMs);
    Deno.unrefTimer(this.#timer);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
