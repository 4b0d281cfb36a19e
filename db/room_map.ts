import type { RoomKey } from "./store.ts";

/**
 * Values by room, found by the room's two names as they are. One name made of both would be a new text at every
 * look-up, to be copied together and hashed.
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

  /** All of them. */
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
