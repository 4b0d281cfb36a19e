import { Timer } from "../../client/timer.ts";

/** Remaining seconds of a wait, reported on each change. */
export class Countdown {
  #timer = new Timer();
  #until = 0;
  #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get seconds(): number {
    return Math.max(0, Math.ceil((this.#until - Date.now()) / 1_000));
  }

  start(ms: number): void {
    this.#until = Date.now() + ms;
    this.#tick();
  }

  stop(): void {
    this.#until = 0;
    this.#timer.clear();
  }

  #tick(): void {
    this.#changed();
    if (this.seconds) this.#timer.set(250, () => this.#tick());
  }
}
