import { RoomMap } from "../room_key.ts";
import type { RoomKey } from "../store.ts";
import type { RoomRow } from "./room_row.ts";

interface Rooms {
  get(key: RoomKey): RoomRow | undefined;
}

interface Draft {
  key: RoomKey;
  /** As it is now; nothing if it was removed. */
  row: RoomRow | undefined;
  /** This transaction writes its row. */
  isDue: boolean;
}

/** Rooms as a transaction has changed them so far. Dropped with it if it fails, so that memory never runs ahead of the file. */
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

  /** For a change that the room's messages tell of: its row may be written later. */
  putLater(row: RoomRow): void {
    this.#draft(row, row);
  }

  remove(key: RoomKey): void {
    this.#draft(key, undefined);
  }

  /** Nothing that was changed so far waits any longer. */
  makeAllDue(): void {
    for (const draft of this.#drafts.values()) draft.isDue = true;
  }

  /** Takes over what another one has changed, and written. */
  adopt(other: RoomDrafts): void {
    for (const { key, row } of other.#drafts.values()) {
      if (row) this.put(row);
      else this.remove(key);
    }
  }

  /** Rooms whose rows are to be written, each once, as they are now. */
  *written(): Iterable<RoomRow> {
    for (const { row, isDue } of this.#drafts.values()) if (row && isDue) yield row;
  }

  /** Once all is committed: what memory is to hold, and which rows still wait. */
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
 * A write: it may run again from the start if its transaction failed, so it changes nothing but the file and the drafts.
 * One that refuses, having changed nothing, returns its error: what it throws would undo all that is written with it.
 */
export type Write<T> = (rooms: RoomDrafts) => T;
