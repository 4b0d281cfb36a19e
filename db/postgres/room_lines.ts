import { roomOf, type Waiting } from "../room_write.ts";

/** One room's writes that wait, in the order of the calls. */
interface Line {
  waiting: Waiting[];
  /** A batch with writes to it is under way: the next waits for that, to keep their order. */
  isBusy: boolean;
  /** Somebody else held the room's lock: its next batch is of this room alone, and waits for the lock. */
  isContended: boolean;
}

/** What waits to be written, by room. A batch is taken out, tried, and settled or put back. */
export class RoomLines {
  #lines = new Map<string, Line>();

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  put(waiting: Waiting): void {
    const line = this.#lines.get(roomOf(waiting));
    if (line) line.waiting.push(waiting);
    else this.#lines.set(roomOf(waiting), { waiting: [waiting], isBusy: false, isContended: false });
  }

  /** Takes up to `max` writes to rooms that are free; those of one contended room, if there is one and `alone` is asked. */
  take(max: number, how: "shared" | "alone"): Waiting[] {
    const batch: Waiting[] = [];
    for (const line of this.#lines.values()) {
      if (line.isBusy || line.isContended !== (how === "alone")) continue;
      batch.push(...line.waiting.splice(0, max - batch.length));
      line.isBusy = true;
      if (batch.length === max || how === "alone") break;
    }
    return batch;
  }

  /** Puts back, in front, what was taken and not settled. */
  putBack(waiting: Waiting[], isContended: boolean): void {
    for (const one of waiting.toReversed()) {
      const line = this.#lines.get(roomOf(one))!;
      line.waiting.unshift(one);
      line.isContended = isContended;
    }
  }

  /** The batch is over: its rooms may go on, the one that was served last. */
  free(batch: Waiting[]): void {
    for (const name of new Set(batch.map(roomOf))) {
      const line = this.#lines.get(name)!;
      line.isBusy = false;
      this.#lines.delete(name);
      if (line.waiting.length) this.#lines.set(name, line);
    }
  }
}
