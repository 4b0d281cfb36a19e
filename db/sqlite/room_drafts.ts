import type { RoomKey } from "../store.ts";
import { nameOf, type RoomRow } from "./room_row.ts";

interface Rooms {
  get(key: RoomKey): RoomRow | undefined;
}

/** Rooms as a transaction has changed them so far. Dropped with it if it fails, so that memory never runs ahead of the file. */
export class RoomDrafts implements Rooms {
  #changed = new Map<string, RoomRow>();

  constructor(readonly below: Rooms) {}

  get(key: RoomKey): RoomRow | undefined {
    return this.#changed.get(nameOf(key)) ?? this.below.get(key);
  }

  put(row: RoomRow): void {
    this.#changed.set(nameOf(row), row);
  }

  changed(): Iterable<[name: string, row: RoomRow]> {
    return this.#changed;
  }
}
