import type { RoomCounts, VisitorStore } from "../../db/visitor_store.ts";

/** Delay between the first of several changes and sending the counts. Milliseconds. */
const gatherMs = 150;

interface Surroundings {
  store: Pick<VisitorStore, "roomCounts">;
  /** Whether any socket subscribes to this admin's counts. */
  isHeard(admin: string): boolean;
  tell(admin: string, counts: RoomCounts): void;
  onFault(error: unknown): void;
}

/** Sends an admin's inboxes the room counts, shortly after they may have changed; many changes cost one query. */
export class InboxCounts {
  #surroundings: Surroundings;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #told = new Map<string, string>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Marks the counts of this admin as possibly changed. */
  touch(admin: string): void {
    if (this.#timers.has(admin) || !this.#surroundings.isHeard(admin)) return;
    const timer = setTimeout(() => void this.#look(admin), gatherMs);
    Deno.unrefTimer(timer);
    this.#timers.set(admin, timer);
  }

  /** The admin's last inbox has closed. */
  forget(admin: string): void {
    this.#told.delete(admin);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #look(admin: string): Promise<void> {
    this.#timers.delete(admin);
    try {
      const counts = await this.#surroundings.store.roomCounts(admin);
      const text = JSON.stringify(counts);
      if (this.#told.get(admin) === text || !this.#surroundings.isHeard(admin)) return;
      this.#told.set(admin, text);
      this.#surroundings.tell(admin, counts);
    } catch (error) {
      this.#surroundings.onFault(error);
    }
  }
}
