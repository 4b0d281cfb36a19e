import { maxPageBytes } from "../protocol/limits.ts";
import type { Message } from "../protocol/records.ts";
import type { RoomKey, RoomRecord, Store } from "../db/store.ts";
import type { RoomChannel } from "./channels/room_channel.ts";

/** Messages read per query. */
const pageSize = 200;
/** Largest expected difference between the clocks of instances. Milliseconds. */
const clocksDifferMs = 10_000;

interface Surroundings {
  store: Pick<Store, "room" | "messagesAfter" | "messagesBefore">;
  /** Since when the admin has inboxes here (milliseconds since 1970); undefined without inboxes. */
  followedSince(admin: string): number | undefined;
  /** Announces a new room to the inboxes. */
  announce(room: RoomRecord): void;
  tell(key: RoomKey, message: Message): void;
  onFault(error: unknown): void;
}

/** Reads messages that a room's sockets have not received: written by another instance, or missing before a later one. */
export class CatchUp {
  #surroundings: Surroundings;
  #running = new Set<RoomChannel>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Starts a run unless one is active: a run continues for as long as the room is behind. */
  start(key: RoomKey, channel: RoomChannel): void {
    if (this.#running.has(channel) || !channel.isBehind) return;
    this.#running.add(channel);
    void this.#run(key, channel).catch(this.#surroundings.onFault).finally(() =>
      this.#running.delete(channel)
    );
  }

  async #run(key: RoomKey, channel: RoomChannel): Promise<void> {
    if (channel.told === undefined) await this.#begin(key, channel);
    if (channel.told === 0 && !channel.isAnnounced) await this.#announce(key, channel);
    while (channel.isBehind) {
      const missed = await this.#surroundings.store.messagesAfter(key, channel.told!, pageSize, maxPageBytes);
      for (const message of missed) this.#surroundings.tell(key, message);
      // The room was forgotten, or the notification was wrong.
      if (missed.length === 0) channel.heard = channel.told!;
    }
  }

  /** Finds the seq to start from in a room that nobody here has open: inboxes already know what is older than they are. */
  async #begin(key: RoomKey, channel: RoomChannel): Promise<void> {
    const since = (this.#surroundings.followedSince(key.admin) ?? Infinity) - clocksDifferMs;
    const newest = await this.#surroundings.store.messagesBefore(
      key,
      undefined,
      pageSize,
      undefined,
      maxPageBytes,
    );
    const first = newest.find(({ created }) => Date.parse(created) >= since);
    channel.begin(first ? first.seq - 1 : newest.at(-1)?.seq ?? 0);
  }

  async #announce(key: RoomKey, channel: RoomChannel): Promise<void> {
    const since = this.#surroundings.followedSince(key.admin);
    const room = since === undefined ? undefined : await this.#surroundings.store.room(key);
    if (!room || channel.isAnnounced || room.created < since! - clocksDifferMs) return;
    this.#surroundings.announce({ ...room, head: 0, read: { admin: 0, visitor: 0 } });
  }
}
