import type { RoomRecord } from "../db/store.ts";
import type { Chat } from "../chat/chat.ts";

/** Interval in which times that other processes have set are found, and how far each look is ahead. Milliseconds. */
const lookEveryMs = 5_000;
/** Least time between two looks. Milliseconds. */
const restMs = 1_000;
/** Rooms per look. */
const mostAtOnce = 100;

interface Surroundings {
  chat: Chat;
  /** Does what is due in a room. Any number of processes call it for the same one. */
  onDue(room: RoomRecord): Promise<void>;
  onFault(error: unknown): void;
}

/** Handles rooms when a time of theirs has come: a snooze that is over, a deadline. Times that passed while no process ran too. */
export class DueRooms {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer fires. Milliseconds since 1970. */
  #next = Infinity;
  #looking: Promise<void> | undefined;
  /** The earliest time that was set during a look. Milliseconds since 1970. */
  #asked = Infinity;
  #stopped = false;

  constructor(readonly surroundings: Surroundings) {}

  start(): void {
    this.#wakeAt(0);
  }

  /** A room is due at this time. Milliseconds since 1970. */
  dueAt(at: number): void {
    if (this.#looking) this.#asked = Math.min(this.#asked, at);
    else if (at < this.#next) this.#wakeAt(at);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #wakeAt(at: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#next = at;
    this.#timer = setTimeout(() => void (this.#looking = this.#look()), Math.max(0, at - this.#now()));
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  #now = () => this.surroundings.chat.now();

  async #look(): Promise<void> {
    const { chat, onDue, onFault } = this.surroundings;
    let next = this.#now() + lookEveryMs;
    try {
      const rooms = await chat.store.dueRooms(next, mostAtOnce);
      const now = this.#now();
      for (const room of rooms) {
        const at = dueOf(room);
        if (at > now) next = Math.min(next, at);
        else await onDue(room).catch(onFault);
      }
      if (rooms.length === mostAtOnce) next = 0;
    } catch (error) {
      onFault(error);
    }
    this.#looking = undefined;
    this.#wakeAt(Math.max(Math.min(next, this.#asked), this.#now() + restMs));
    this.#asked = Infinity;
  }
}

const dueOf = ({ dueAt = Infinity, snoozedUntil = Infinity, botDueAt = Infinity }: RoomRecord) =>
  Math.min(dueAt, snoozedUntil, botDueAt);
