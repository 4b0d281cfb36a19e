import type { Message } from "../protocol/records.ts";
import type { Connection } from "./connection.ts";

/**
 * One room with chat sockets: who listens, and how far they were told. Messages go out in seq order whatever order
 * they arrive in: one that was told is dropped, one too early waits until what lies between was read.
 */
export class RoomLine {
  readonly sockets = new Set<Connection>();
  /** Seq of the last message told. Unknown until the first socket's look at the store. */
  told?: number;
  #early = new Map<number, Message>();

  /** Messages that may be told now, in order, now that this one is there. */
  accept(message: Message): Message[] {
    if (this.told === undefined) this.told = message.seq - 1;
    if (message.seq <= this.told) return [];
    this.#early.set(message.seq, message);
    const ready: Message[] = [];
    for (let next; (next = this.#early.get(this.told + 1)) !== undefined;) {
      this.#early.delete(next.seq);
      this.told = next.seq;
      ready.push(next);
    }
    return ready;
  }

  /** Whether a message waits for one before it. */
  get hasGap(): boolean {
    return this.#early.size > 0;
  }
}
