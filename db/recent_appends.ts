import { Unavailable } from "./errors.ts";
import type { Store } from "./store.ts";

/** Age after which an append no longer counts as evidence. Milliseconds. */
const recentMs = 1_000;
const slots = 8;

/**
 * Outcomes of a store's latest appends. They show more reliably than a probe whether the store accepts
 * writes.
 */
export class RecentAppends {
  #stored = new Array<number>(slots).fill(0);
  #refused = new Array<number>(slots).fill(0);
  #slot = 0;

  constructor(readonly now: () => number = () => performance.now()) {}

  /** Starts to count the outcomes of a store's appends. */
  watch(store: Store): void {
    const append = store.appendMessage;
    // Allocated once: this runs for every message.
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

  /** Whether recently more appends succeeded than failed; undefined if there were none. */
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
