/**
 * Heavy work, one piece in each turn of the event loop, by turns among those who ask: whoever asks for little waits for
 * one piece of somebody else's, not for all of them.
 */
export class Turns {
  /** By who asks, in the order of their next turn. */
  #waiting = new Map<string, (() => void)[]>();
  #isTaken = false;

  /** Nothing if the work may be done at once; else resolves when it may. */
  take(key: string): Promise<void> | undefined {
    if (!this.#isTaken) {
      this.#isTaken = true;
      setTimeout(this.#next);
      return undefined;
    }
    return new Promise((resolve) => {
      const own = this.#waiting.get(key);
      if (own) own.push(resolve);
      else this.#waiting.set(key, [resolve]);
    });
  }

  #next = (): void => {
    const [first] = this.#waiting;
    if (!first) return void (this.#isTaken = false);
    const [key, own] = first;
    this.#waiting.delete(key);
    const go = own.shift()!;
    if (own.length > 0) this.#waiting.set(key, own);
    setTimeout(this.#next);
    go();
  };
}
