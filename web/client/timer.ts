/** A timeout. Setting it again replaces it. */
export class Timer {
  #id?: ReturnType<typeof setTimeout>;

  get isSet(): boolean {
    return this.#id !== undefined;
  }

  /** `ms` in milliseconds. */
  set(ms: number, act: () => void): void {
    this.clear();
    this.#id = setTimeout(() => {
      this.#id = undefined;
      act();
    }, ms);
  }

  clear(): void {
    clearTimeout(this.#id);
    this.#id = undefined;
  }
}
