import type { RoomKey } from "../store.ts";
import { nameOf, type RoomRow } from "./room_row.ts";

interface Rooms {
  get(key: RoomKey): RoomRow | undefined;
}

/** Rooms as a transaction has changed them so far. Dropped with it if it fails, so that memory never runs ahead of the file. */
export class RoomDrafts implements Rooms {
  #changed = new Map<string, RoomRow | undefined>();

  constructor(readonly below: Rooms) {}

  get(key: RoomKey): RoomRow | undefined {
    const name = nameOf(key);
    return this.#changed.has(name) ? this.#changed.get(name) : this.below.get(key);
  }

  put(row: RoomRow): void {
    this.#changed.set(nameOf(row), row);
  }

  remove(key: RoomKey): void {
    this.#changed.set(nameOf(key), undefined);
  }

  /** Takes over what another one has changed. */
  adopt(other: RoomDrafts): void {
    for (const [name, row] of other.#changed) this.#changed.set(name, row);
  }

  /** Each changed room as it is now; nothing for one that is gone. */
  changed(): Iterable<[name: string, row: RoomRow | undefined]> {
    return this.#changed;
  }
}
