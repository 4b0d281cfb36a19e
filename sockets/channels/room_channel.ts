import type { Message } from "../../protocol/records.ts";
import type { Connection } from "../connection.ts";

/**
 * A room that somebody listens to: its sockets, and the seq up to which they received messages. Messages are sent in seq
 * order whatever order they arrive in: duplicates are dropped, early ones wait until the gap was read from the store.
 */
export class RoomChannel {
  readonly sockets = new Set<Connection>();
  /** Seq of the last message sent. Unknown until the first read of the store: until then all messages wait. */
  told?: number;
  /** Highest seq known to be in the store; below 0 nothing is known, not even that the room exists. */
  heard = -1;
  /** The admin's inboxes know of the room. */
  isAnnounced = false;
  #early = new Map<number, Message>();

  /** Adds a message; returns those that may be sent now, in order. */
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

  /** Waiting messages that follow `told` without a gap. */
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

  /** Sets the seq after which sending starts; earlier waiting messages are dropped. */
  begin(told: number): void {
    this.told = told;
    for (const seq of this.#early.keys()) if (seq <= told) this.#early.delete(seq);
  }

  /** Whether messages are known that must be read from the store first. */
  get isBehind(): boolean {
    return this.heard > (this.told ?? -1);
  }
}
