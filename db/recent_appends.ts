import { Unavailable } from "./errors.ts";
import type { Store } from "./store.ts";

/** How long an append says something of the next one. Milliseconds. */
const recentMs = 1_000;
const slots = 8;

/** What became of a store's latest appends: those say better than any probe whether it takes the next one. */
export class RecentAppends {
  #stored = new Array<number>(slots).fill(0);
  #refused = new Array<number>(slots).fill(0);
  #slot = 0;

  constructor(readonly now: () => number = () => performance.now()) {}

  /** Counts, from now on, what a store answers. */
  watch(store: Store): void {
    const append = store.appendMessage;
    // Made once: this stands in the way of every message.
    const stored = () => this.note(true);
    const refused = (error: unknown) => this.note(!(error instanceof Unavailable));
    store.appendMessage = (draft) => {
      const answer = append(draft);
      void answer.then(stored, refused);
      return answer;
    };
  }

  note(isStored: boolean): void {
    this.#turn();
    (isStored ? this.#stored : this.#refused)[this.#slot % slots]!++;
  }

  /** Whether more were stored than refused of late; nothing where there were none. */
  get verdict(): boolean | undefined {
    this.#turn();
    const stored = sum(this.#stored), refused = sum(this.#refused);
    return stored + refused === 0 ? undefined : stored > refused;
  }

  #turn(): void {
    const slot = Math.floor(this.now() * slots / recentMs);
    for (let old = Math.max(this.#slot + 1, slot - slots + 1); old <= slot; old++) {
      this.#stored[old % slots] = this.#refused[old % slots] = 0;
    }
    this.#slot = Math.max(this.#slot, slot);
  }
}

const sum = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
