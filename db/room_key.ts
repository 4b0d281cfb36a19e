import type { RoomKey } from "./room.ts";
import { roomName } from "../protocol/room_name.ts";

/**
 * A map by room. Nested by admin and consumer, because a combined key would have to be built and hashed at
 * every lookup.
 */
export class RoomMap<T> {
  #byAdmin = new Map<string, Map<string, T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get({ admin, consumer }: RoomKey): T | undefined {
    return this.#byAdmin.get(admin)?.get(consumer);
  }

  set({ admin, consumer }: RoomKey, value: T): void {
    let ofAdmin = this.#byAdmin.get(admin);
    if (!ofAdmin) this.#byAdmin.set(admin, ofAdmin = new Map());
    const before = ofAdmin.size;
    ofAdmin.set(consumer, value);
    this.#size += ofAdmin.size - before;
  }

  delete({ admin, consumer }: RoomKey): void {
    const ofAdmin = this.#byAdmin.get(admin);
    if (!ofAdmin?.delete(consumer)) return;
    this.#size--;
    if (ofAdmin.size === 0) this.#byAdmin.delete(admin);
  }

  /** The rooms of one admin, with their values. */
  *ofAdmin(admin: string): Iterable<[RoomKey, T]> {
    for (const [consumer, value] of this.#byAdmin.get(admin) ?? []) yield [{ admin, consumer }, value];
  }

  /** All rooms with their values. */
  *[Symbol.iterator](): Iterator<[RoomKey, T]> {
    for (const admin of this.#byAdmin.keys()) yield* this.ofAdmin(admin);
  }

  *values(): Generator<T> {
    for (const ofAdmin of this.#byAdmin.values()) for (const value of ofAdmin.values()) yield value;
  }

  clear(): void {
    this.#byAdmin.clear();
    this.#size = 0;
  }
}

/** A new room id: 62 random bits as 12 characters of 0-9 a-z; short, since every message's id contains it. */
export function newRoomId(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(high) << 32n | BigInt(low)).toString(36).padStart(13, "0").slice(1);
}

/** A room's key as one string. Names contain no space, so the result is unique. */
export function nameOf({ admin, consumer }: RoomKey): string {
  return roomName(admin, consumer);
}
