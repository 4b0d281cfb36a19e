import { RoomMap } from "../../db/room_key.ts";
import type { RoomKey } from "../../db/store.ts";

/** How long changes are gathered before they are sent. Milliseconds. */
const gatherMs = 200;

interface Surroundings {
  /** Whether any socket here receives presence of this admin's visitors. */
  isHeard(admin: string): boolean;
  /** Whether the room exists: an admin is not told of visitors who only opened a socket under some id. */
  isRoom(key: RoomKey): boolean | Promise<boolean>;
  tell(key: RoomKey, online: boolean): void;
  onFault(error: unknown): void;
}

/** Tells admins which visitors connected or left: for existing rooms only, batched, the latest state of each. */
export class PresenceNotices {
  #waiting = new RoomMap<boolean>();
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
    this.#waiting = new RoomMap();
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
