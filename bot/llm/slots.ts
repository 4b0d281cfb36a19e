/** Questions that the model answers at a time: of one workspace, and of all in this process. */
export const mostAtOnce = { workspace: 4, process: 16 };

/** Limits how many work at a time. Who waits for its workspace does not hold up others. */
export class Slots {
  #busy = new Map<string, number>();
  #all = 0;
  /** In order of arrival. */
  #waiting = new Set<{ workspace: string; start(): void }>();

  /** Resolves with the function that frees the slot. @throws what `signal` is aborted with */
  async take(workspace: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    return await new Promise((resolve, reject) => {
      const gone = () => {
        this.#waiting.delete(one);
        reject(signal.reason);
      };
      const one = {
        workspace,
        start: () => {
          signal.removeEventListener("abort", gone);
          this.#waiting.delete(one);
          this.#count(workspace, 1);
          resolve(() => this.#free(workspace));
        },
      };
      signal.addEventListener("abort", gone, { once: true });
      this.#waiting.add(one);
      this.#startSome();
    });
  }

  #free(workspace: string): void {
    this.#count(workspace, -1);
    this.#startSome();
  }

  #startSome(): void {
    for (const one of this.#waiting) {
      if (this.#all >= mostAtOnce.process) return;
      if ((this.#busy.get(one.workspace) ?? 0) < mostAtOnce.workspace) one.start();
    }
  }

  #count(workspace: string, by: number): void {
    const busy = (this.#busy.get(workspace) ?? 0) + by;
    if (busy === 0) this.#busy.delete(workspace);
    else this.#busy.set(workspace, busy);
    this.#all += by;
  }
}
