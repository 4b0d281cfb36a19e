/** Time after which a long calculation lets other work run. Milliseconds. */
const sliceMs = 6;

/** Lets other work of the event loop run once a slice of it is used. */
export class Slices {
  #began = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#began < sliceMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#began = performance.now();
  }
}
