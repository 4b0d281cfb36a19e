import type { Message } from "../../protocol/records.ts";
import type { Connection } from "../connection.ts";

/**
 * One room that somebody listens to: who has it open, and how far they were told. Messages go out in seq order whatever
 * order they arrive in: one that was told is dropped, one too early waits until what lies between was read.
 */
export class RoomChannel {
  readonly sockets = new Set<Connection>();
  /** Seq of the last message told. Unknown until the first look at the store: until then all wait. */
  told?: number;
  /** Highest seq that is known to be in the store; below 0 nothing is known, not even that the room is there. */
  heard = -1;
  /** The admin's inboxes know of the room. */
  isAnnounced = false;
  #early = new Map<number, Message>();

  /** Messages that may be told now, in order, now that this one is there. */
  accept(message: Message): Message[] {
    if (message.seq <= (this.told ?? 0)) return [];
    this.heard = Math.max(this.heard, message.seq);
    if (this.#early.size === 0 && message.seq - 1 === this.told) {
      this.told = message.seq;
      return [message];
    }
    this.#early.set(message.seq, message);
    return this.ready();
  }

  /** Messages that waited for `told` alone. */
  ready(): Message[] {
    const ready: Message[] = [];
    if (this.told === undefined) return ready;
    for (let next; (next = this.#early.get(this.told + 1)) !== undefined;) {
      this.#early.delete(next.seq);
      this.told = next.seq;
      ready.push(next);
    }
    return ready;
  }

  /** From this seq on nothing was told; whatever waits before it was. */
  begin(told: number): void {
    this.told = told;
    for (const seq of this.#early.keys()) if (seq <= told) this.#early.delete(seq);
  }

  /** Whether there is something that was not told, because what lies before it, or it itself, has to be read. */
  get isBehind(): boolean {
    return this.heard > (this.told ?? -1);
  }
}
