import type { Episode } from "../../db/collections/episodes.ts";
import type { RoomKey } from "../../db/store.ts";
import { RoomMap } from "../../db/room_key.ts";
import type { Audience, ChatEvent } from "../audience.ts";
import type { Chat } from "../chat.ts";

// A literal import would be read at every start, with the schemas that it imports.
const counting = () =>
  import(import.meta.resolve("./count_room.ts")) as Promise<typeof import("./count_room.ts")>;

/** Delay after a room was opened, resolved or changed, and after a text where targets follow it. Milliseconds. */
const soonMs = 1_000, urgentMs = 500;
/** Interval in which due rooms are counted. Milliseconds. */
const tickMs = 1_000;
/** Rooms that wait to be counted. Those beyond are found when a report is asked for. */
const mostWaiting = 10_000;

/**
 * Counts the rooms of which this process hears that something happened, a moment later and one after another. A message
 * costs a look-up: counting reads every message again, so it waits until the room is resolved, or until a report is asked
 * for. What is lost with the process is found by `catchUp`.
 */
export class EpisodeFollower {
  /** Rooms to count, and when. */
  #due = new RoomMap<{ at: number }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Whether rooms of this workspace are counted after each text, and not only when they were opened or resolved. */
  isUrgent: (workspace: string) => boolean = () => false;
  /** A room was counted. */
  onCounted: (key: RoomKey, newest: Episode | undefined) => Promise<void> = () => Promise.resolve();

  constructor(readonly chat: Pick<Chat, "store">, readonly onFault: (error: unknown) => void) {}

  /** The audience, with this listening to what it is told. */
  listeningTo(audience: Audience): Audience {
    return {
      tell: (event) => {
        audience.tell(event);
        this.hear(event);
      },
      isAdminOnline: (admin) => audience.isAdminOnline(admin),
      isVisitorOnline: (key) => audience.isVisitorOnline(key),
      isAgentHere: (admin, agent, withinMs) => audience.isAgentHere(admin, agent, withinMs),
    };
  }

  hear(event: ChatEvent): void {
    if (event.type === "message") {
      const isFollowed = event.message.kind === "text" && this.isUrgent(event.key.admin);
      if (isFollowed) this.#note(event.key, urgentMs);
    } else if (event.type === "room_opened" || (event.type === "room_updated" && !event.often)) {
      this.#note(event.room, soonMs);
    }
  }

  /** Counts all rooms that wait. */
  async flush(): Promise<void> {
    await this.#count(Infinity);
  }

  /** Takes no more; resolves when no room is being counted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #note(key: RoomKey, inMs: number): void {
    if (this.#isClosed) return;
    const at = performance.now() + inMs, known = this.#due.get(key);
    if (known && known.at <= at) return;
    if (known) known.at = at;
    else if (this.#due.size < mostWaiting) this.#due.set(key, { at });
    this.#wait();
  }

  #wait(): void {
    if (this.#timer !== undefined || this.#isClosed || this.#due.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#count(performance.now()).finally(() => this.#wait());
    }, tickMs);
    Deno.unrefTimer(this.#timer);
  }

  #count(until: number): Promise<void> {
    this.#running = this.#running.then(async () => {
      const due = [...this.#due].filter(([, { at }]) => at <= until);
      for (const [key] of due) {
        if (this.#isClosed) return;
        this.#due.delete(key);
        await counting().then(({ countRoom }) => countRoom(this.chat, key))
          .then((newest) => this.onCounted(key, newest)).catch(this.onFault);
      }
    });
    return this.#running;
  }
}
