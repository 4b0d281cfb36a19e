/** How long work may hold the event loop. Milliseconds; a socket's frame waits no longer than this. */
const sliceMs = 4;

/** All waiting work, one slice in a turn of the event loop however many trainings run. */
let turns = Promise.resolve();

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Long work in short slices: `if (slices.areOver) await slices.next()` in its loops. */
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
