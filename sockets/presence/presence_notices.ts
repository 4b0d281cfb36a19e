import { ByRoom } from "../../db/by_room.ts";
import type { RoomKey } from "../../db/store.ts";

/** How long changes are gathered before they are told. Milliseconds. */
const gatherMs = 200;

interface Surroundings {
  /** Whether anybody here is to hear of this admin's visitors. */
  isHeard(admin: string): boolean;
  /** Whether the room is there: an admin hears of nobody who has only opened a socket, under any id. */
  isRoom(key: RoomKey): boolean | Promise<boolean>;
  tell(key: RoomKey, online: boolean): void;
  onFault(error: unknown): void;
}

/** Tells admins which visitors came and went: of rooms that are there, and a while's changes at once, the latest of each. */
export class PresenceNotices {
  #waiting = new ByRoom<boolean>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly surroundings: Surroundings) {}

  put(key: RoomKey, online: boolean): void {
    if (!this.surroundings.isHeard(key.admin)) return;
    this.#waiting.set(key, online);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#tellAll(), gatherMs);
    Deno.unrefTimer(this.#timer);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = new ByRoom();
  }

  #tellAll(): void {
    const waiting = this.#waiting;
    this.close();
    for (const [key, online] of waiting) {
      void this.#tellIfRoom(key, online).catch(this.surroundings.onFault);
    }
  }

  async #tellIfRoom(key: RoomKey, online: boolean): Promise<void> {
    if (await this.surroundings.isRoom(key)) this.surroundings.tell(key, online);
  }
}
