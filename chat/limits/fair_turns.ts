interface Asking {
  /** Used part of its allowance at the time of the request. */
  used: number;
  go: (() => void)[];
}

/**
 * Schedules heavy work, one piece per turn of the event loop, the party with the least usage first: a light user waits
 * for one piece of somebody else's work, not for all of it.
 */
export class FairTurns {
  #waiting = new Map<string, Asking>();
  #isTaken = false;

  /** Undefined if the work may run at once; else resolves when it may. */
  take(key: string, used: number): Promise<void> | undefined {
    if (!this.#isTaken) {
      this.#isTaken = true;
      setTimeout(this.#next);
      return undefined;
    }
    return new Promise((resolve) => {
      const asking = this.#waiting.get(key);
      this.#waiting.delete(key);
      // Among equal usage, the longest waiting comes first.
      this.#waiting.set(key, { used, go: [...asking?.go ?? [], resolve] });
    });
  }

  #next = (): void => {
    let first: [string, Asking] | undefined;
    for (const one of this.#waiting) if (!first || one[1].used < first[1].used) first = one;
    if (!first) return void (this.#isTaken = false);
    const [key, { used, go }] = first;
    this.#waiting.delete(key);
    const now = go.shift()!;
    if (go.length > 0) this.#waiting.set(key, { used, go });
    setTimeout(this.#next);
    now();
  };
}
