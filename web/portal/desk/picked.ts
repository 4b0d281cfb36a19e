import { signal } from "@preact/signals";
import { maxBulkRooms } from "../../../protocol/limits.ts";

/** Rooms that were picked for what is done to many at once. */
export class Picked {
  readonly rooms = signal<ReadonlySet<string>>(new Set());
  #last?: string;

  /** `shown`: the list as displayed, for a range. */
  constructor(readonly shown: () => readonly { consumer: string }[]) {}

  has(consumer: string): boolean {
    return this.rooms.value.has(consumer);
  }

  /** Picks a room, or not any more; with `isRange` all from the last one picked to it. */
  toggle(consumer: string, isRange = false): void {
    const rooms = new Set(this.rooms.value), isOn = !rooms.has(consumer);
    for (const one of isRange ? this.#range(consumer) : [consumer]) isOn ? rooms.add(one) : rooms.delete(one);
    this.#last = consumer;
    this.#set(rooms);
  }

  /** Picks all that is displayed, up to the most that one call takes. */
  all(): void {
    this.#set(new Set(this.shown().map(({ consumer }) => consumer)));
  }

  clear(): void {
    this.#last = undefined;
    if (this.rooms.value.size > 0) this.rooms.value = new Set();
  }

  #set(rooms: Set<string>): void {
    this.rooms.value = new Set([...rooms].slice(0, maxBulkRooms));
  }

  #range(to: string): string[] {
    const shown = this.shown().map(({ consumer }) => consumer);
    const ends = [shown.indexOf(this.#last ?? to), shown.indexOf(to)];
    if (ends.includes(-1)) return [to];
    return shown.slice(Math.min(...ends), Math.max(...ends) + 1);
  }
}
