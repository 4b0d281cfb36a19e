/**
 * Runs `work` on request, and every `ms` milliseconds if given; one run at a time. Errors go to `onTrouble`.
 */
export class PeriodicTask {
  #timer: ReturnType<typeof setInterval> | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isClosed = false;

  constructor(readonly work: () => Promise<void>, readonly onTrouble: (error: unknown) => void, ms?: number) {
    if (ms === undefined) return;
    this.#timer = setInterval(() => void this.now(), ms);
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  /** Resolves when a run that began after the call has ended. */
  now(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    if (!this.#running) return this.#run();
    return this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.now();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #run(): Promise<void> {
    return this.#running = this.work().catch(this.onTrouble).then(() => {
      this.#running = undefined;
    });
  }
}
