import { roomOf, type Waiting } from "../room_write.ts";

/** Queued writes of one room, in call order. */
interface RoomWrites {
  waiting: Waiting[];
  /** A batch with writes to this room is running; the next one waits for it, to keep the order. */
  isBusy: boolean;
  /** Another process held the room's lock: the next batch contains only this room and waits for the lock. */
  isContended: boolean;
}

/** Queued writes by room. A batch is taken, executed, and settled or put back. */
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

  /** Takes up to `max` writes of rooms without a running batch; "alone" takes those of one contended room. */
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

  /** Puts unsettled writes back at the front. */
  putBack(waiting: Waiting[], isContended: boolean): void {
    for (const one of waiting.toReversed()) {
      const queue = this.#queues.get(roomOf(one))!;
      queue.waiting.unshift(one);
      queue.isContended = isContended;
    }
  }

  /** Ends a batch: its rooms move to the end of the order, so that others are served first. */
  free(batch: Waiting[]): void {
    for (const name of new Set(batch.map(roomOf))) {
      const queue = this.#queues.get(name)!;
      queue.isBusy = false;
      this.#queues.delete(name);
      if (queue.waiting.length) this.#queues.set(name, queue);
    }
  }
}
