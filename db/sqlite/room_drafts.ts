import { RoomMap } from "../room_key.ts";
import type { RoomKey } from "../store.ts";
import type { RoomRow } from "./room_row.ts";

interface Rooms {
  get(key: RoomKey): RoomRow | undefined;
}

interface Draft {
  key: RoomKey;
  /** The current row; undefined if the room was deleted. */
  row: RoomRow | undefined;
  /** The row is written in this transaction. */
  isDue: boolean;
}

/**
 * Uncommitted room changes of a transaction. Discarded if it fails, so that the cache never differs from the
 * file.
 */
export class RoomDrafts implements Rooms {
  #drafts = new RoomMap<Draft>();

  constructor(readonly below: Rooms) {}

  get(key: RoomKey): RoomRow | undefined {
    const draft = this.#drafts.get(key);
    return draft ? draft.row : this.below.get(key);
  }

  put(row: RoomRow): void {
    this.#draft(row, row).isDue = true;
  }

  /** For changes that can be computed from the room's messages: the row may be written later. */
  putLater(row: RoomRow): void {
    this.#draft(row, row);
  }

  remove(key: RoomKey): void {
    this.#draft(key, undefined);
  }

  /** Writes all changed rows in this transaction. */
  makeAllDue(): void {
    for (const draft of this.#drafts.values()) draft.isDue = true;
  }

  /** Merges the changes of a nested scope, which it has already written. */
  adopt(other: RoomDrafts): void {
    for (const { key, row } of other.#drafts.values()) {
      if (row) this.put(row);
      else this.remove(key);
    }
  }

  /** Rows to write, each room once, in their current state. */
  *written(): Iterable<RoomRow> {
    for (const { row, isDue } of this.#drafts.values()) if (row && isDue) yield row;
  }

  /** After COMMIT: updates the cache, including which rows are deferred. */
  commitTo(memory: CommittedRooms): void {
    for (const { key, row, isDue } of this.#drafts.values()) {
      if (row === undefined) memory.forget(key);
      else if (isDue) memory.remember(row);
      else memory.owe(row);
    }
  }

  #draft(key: RoomKey, row: RoomRow | undefined): Draft {
    let draft = this.#drafts.get(key);
    if (draft) draft.row = row;
    else this.#drafts.set(key, draft = { key, row, isDue: false });
    return draft;
  }
}

interface CommittedRooms {
  remember(row: RoomRow): void;
  owe(row: RoomRow): void;
  forget(key: RoomKey): void;
}

/**
 * A write. It may be run again if its transaction failed, so it changes only the file and the drafts. To
 * reject one write without changes, it returns an error; a thrown error rolls back the whole transaction.
 */
export type Write<T> = (rooms: RoomDrafts) => T;
