import type { RoomKey } from "../store.ts";
import { nameOf, type RoomRow } from "./room_row.ts";

interface Rooms {
  get(key: RoomKey): RoomRow | undefined;
}

/** Rooms as a transaction has changed them so far. Dropped with it if it fails, so that memory never runs ahead of the file. */
export class RoomDrafts implements Rooms {
  #changed = new Map<string, RoomRow | undefined>();
  /** Those whose rows this transaction writes. */
  #due = new Set<string>();

  constructor(readonly below: Rooms) {}

  get(key: RoomKey): RoomRow | undefined {
    const name = nameOf(key);
    return this.#changed.get(name) ?? (this.#changed.has(name) ? undefined : this.below.get(key));
  }

  put(row: RoomRow): void {
    const name = nameOf(row);
    this.#changed.set(name, row);
    this.#due.add(name);
  }

  /** For a change that the room's messages tell of: its row may be written later. */
  putLater(row: RoomRow): void {
    this.#changed.set(nameOf(row), row);
  }

  remove(key: RoomKey): void {
    this.#changed.set(nameOf(key), undefined);
  }

  /** Nothing that was changed so far waits any longer. */
  makeAllDue(): void {
    for (const name of this.#changed.keys()) this.#due.add(name);
  }

  /** Takes over what another one has changed, and written. */
  adopt(other: RoomDrafts): void {
    for (const row of other.written()) this.put(row);
    for (const name of other.removed()) this.#changed.set(name, undefined);
  }

  /** Rooms whose rows are to be written, each once, as they are now. */
  written(): RoomRow[] {
    return [...this.#due].map((name) => this.#changed.get(name)).filter((row) => row !== undefined);
  }

  removed(): string[] {
    return [...this.#changed].filter(([, row]) => row === undefined).map(([name]) => name);
  }

  /** Once all is committed: what memory is to hold, and which rows still wait. */
  commitTo(memory: CommittedRooms): void {
    for (const [name, row] of this.#changed) {
      if (row === undefined) memory.forget(name);
      else if (this.#due.has(name)) memory.remember(name, row);
      else memory.owe(name, row);
    }
  }
}

interface CommittedRooms {
  remember(name: string, row: RoomRow): void;
  owe(name: string, row: RoomRow): void;
  forget(name: string): void;
}
