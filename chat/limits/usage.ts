import type { Store } from "../../db/store.ts";
import { QuotaReached } from "../errors.ts";

/** Storage limits of one account; Infinity: none. */
export interface StoredLimits {
  rooms: number;
  messages: number;
  mb: number;
}

/** Writes of an account between two clock reads, which cost as much as all else here. */
const writesPerLook = 64;

interface Stored {
  rooms: number;
  messages: number;
  bytes: number;
}

/** Approximate bytes of a message besides its text, and per character of it, index included. */
const bytesPerMessage = 200, bytesPerCharacter = 2;
/** Running counts are refreshed periodically: other instances write too, and visitors are deleted. */
const countEveryMs = 3_600_000;
/** Rooms read in one batch, and the pause after it: nobody waits for a count. */
const pageRooms = 50, pauseMs = 20;
/** Newest messages of each room whose length is taken for the average. */
const sampled = 5;
/** Accounts remembered. A dropped one is counted anew. */
const maxAccounts = 5_000;

/**
 * Storage used by each account: counted with every write from its first one on, and recounted hourly, page
 * by page from its rooms, with the newest messages of each for the average length.
 */
export class Usage {
  #accounts = new Map<string, Stored & { countedAt: number; writes: number }>();
  #counting = new Set<string>();
  #closed = false;

  constructor(
    readonly store: Pick<Store, "rooms">,
    readonly limits: StoredLimits,
    readonly onFault: (error: unknown) => void,
  ) {}

  /** @throws {QuotaReached} if the account has no space left for what is about to be stored */
  mustHaveRoom(admin: string, more: { rooms?: number; messages?: number }): void {
    const { limits } = this;
    if (limits.rooms === Infinity && limits.messages === Infinity && limits.mb === Infinity) return;
    const { rooms, messages, bytes } = this.#of(admin);
    if (more.rooms && rooms >= limits.rooms) throw new QuotaReached("conversations", limits.rooms);
    if (more.messages && messages >= limits.messages) throw new QuotaReached("messages", limits.messages);
    if (bytes >= limits.mb * 2 ** 20) throw new QuotaReached("MiB", limits.mb);
  }

  roomMade(admin: string): void {
    const stored = this.#accounts.get(admin);
    if (stored) stored.rooms++;
  }

  messageStored(admin: string, characters: number): void {
    const stored = this.#accounts.get(admin);
    if (!stored) return;
    stored.messages++;
    stored.bytes += bytesPerMessage + bytesPerCharacter * characters;
  }

  close(): void {
    this.#closed = true;
  }

  #of(admin: string): Stored {
    let stored = this.#accounts.get(admin);
    if (!stored) {
      stored = { rooms: 0, messages: 0, bytes: 0, countedAt: -Infinity, writes: 0 };
      this.#accounts.set(admin, stored);
      const [oldest] = this.#accounts.keys();
      if (this.#accounts.size > maxAccounts) this.#accounts.delete(oldest!);
    }
    if (stored.writes++ % writesPerLook !== 0) return stored;
    if (performance.now() - stored.countedAt > countEveryMs && !this.#counting.has(admin)) {
      stored.countedAt = performance.now();
      this.#counting.add(admin);
      void this.#count(admin).catch(this.onFault).finally(() => this.#counting.delete(admin));
    }
    return stored;
  }

  async #count(admin: string): Promise<void> {
    const counted = { rooms: 0, messages: 0, bytes: 0 }, before = { ...this.#accounts.get(admin)! };
    let cursor: string | undefined;
    do {
      const page = await this.store.rooms(admin, {
        limit: pageRooms,
        cursor,
        filter: "all",
        messages: sampled,
      });
      for (const { room, messages } of page.rooms) {
        const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
        const mean = characters / Math.max(1, messages.length);
        counted.rooms++;
        counted.messages += room.head;
        counted.bytes += room.head * (bytesPerMessage + bytesPerCharacter * mean);
      }
      cursor = page.cursor;
      if (cursor !== undefined) await pause();
    } while (cursor !== undefined && !this.#closed);
    const stored = this.#accounts.get(admin);
    if (!stored || this.#closed) return;
    for (const name of ["rooms", "messages", "bytes"] as const) {
      // What was stored meanwhile is in one of the two counts or in both.
      stored[name] = Math.max(counted[name], before[name] === 0 ? stored[name] : 0);
    }
  }
}

const pause = () => new Promise<void>((resolve) => Deno.unrefTimer(setTimeout(resolve, pauseMs)));
