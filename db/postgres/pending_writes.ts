import { roomOf, type Waiting } from "../room_write.ts";

/** One room's writes that wait, in the order of the calls. */
interface RoomWrites {
  waiting: Waiting[];
  /** A batch with writes to it is under way: the next waits for that, to keep their order. */
  isBusy: boolean;
  /** Somebody else held the room's lock: its next batch is of this room alone, and waits for the lock. */
  isContended: boolean;
}

/** What waits to be written, by room. A batch is taken out, tried, and settled or put back. */
export class PendingWrites {
  #queues = new Map<string, RoomWrites>();

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  put(waiting: Waiting): void {
    const queue = this.#queues.get(roomOf(waiting));
    if (queue) queue.waiting.push(waiting);
    else this.#queues.set(roomOf(waiting), { waiting: [waiting], isBusy: false, isContended: false });
  }

  /** Takes up to `max` writes to rooms that are free; those of one contended room, if there is one and `alone` is asked. */
  take(max: number, how: "shared" | "alone"): Waiting[] {
    const batch: Waiting[] = [];
    for (const queue of this.#queues.values()) {
      if (queue.isBusy || queue.isContended !== (how === "alone")) continue;
      batch.push(...queue.waiting.splice(0, max - batch.length));
      queue.isBusy = true;
      if (batch.length === max || how === "alone") break;
    }
    return batch;
  }

  /** Puts back, in front, what was taken and not settled. */
  putBack(waiting: Waiting[], isContended: boolean): void {
    for (const one of waiting.toReversed()) {
      const queue = this.#queues.get(roomOf(one))!;
      queue.waiting.unshift(one);
      queue.isContended = isContended;
    }
  }

  /** The batch is over: its rooms may go on, the one that was served last. */
  free(batch: Waiting[]): void {
    for (const name of new Set(batch.map(roomOf))) {
      const queue = this.#queues.get(name)!;
      queue.isBusy = false;
      this.#queues.delete(name);
      if (queue.waiting.length) this.#queues.set(name, queue);
    }
  }
}
