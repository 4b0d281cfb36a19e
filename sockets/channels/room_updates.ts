import { RoomMap } from "../../db/room_key.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";

/** Least interval between two updates of one room. Milliseconds. */
const everyMs = 1_000;

interface Surroundings {
  read(key: RoomKey): Promise<RoomRecord | undefined>;
  tell(room: RoomRecord): void;
  onFault(error: unknown): void;
}

/** Throttles updates of a room that changes often: the first at once, then one per second, the last one included. */
export class RoomUpdates {
  #held = new RoomMap<{ again: boolean; timer: ReturnType<typeof setTimeout> }>();

  constructor(readonly surroundings: Surroundings) {}

  put(room: RoomRecord): void {
    const held = this.#held.get(room);
    if (held) return void (held.again = true);
    this.#hold({ admin: room.admin, consumer: room.consumer });
    this.surroundings.tell(room);
  }

  close(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
  }

  #hold(key: RoomKey): void {
    const timer = setTimeout(() => void this.#release(key).catch(this.surroundings.onFault), everyMs);
    Deno.unrefTimer(timer);
    this.#held.set(key, { again: false, timer });
  }

  async #release(key: RoomKey): Promise<void> {
    const isChanged = this.#held.get(key)?.again;
    this.#held.delete(key);
    if (!isChanged) return;
    this.#hold(key);
    // The event's data may be older than later changes.
    const room = await this.surroundings.read(key);
    if (room) this.surroundings.tell(room);
  }
}
