/** Maximum time that work blocks the event loop, and so delays a socket's frame. Milliseconds. */
const sliceMs = 4;

/** Queue of waiting work: one slice per turn of the event loop, for all concurrent trainings together. */
let turns = Promise.resolve();

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Runs long work in short slices: call `if (slices.areOver) await slices.next()` in its loops. */
export class TimeSlices {
  #until = 0;

  get areOver(): boolean {
    return performance.now() >= this.#until;
  }

  async next(): Promise<void> {
    turns = turns.then(nextTurn);
    await turns;
    this.#until = performance.now() + sliceMs;
  }
}
