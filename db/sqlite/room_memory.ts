import type { DatabaseSync, StatementSync } from "node:sqlite";
import { RoomMap } from "../room_key.ts";
import type { RoomKey } from "../store.ts";
import { roomColumns, type RoomRow } from "./room_row.ts";

/** Rooms per generation. The cache holds at most two generations, about 400 bytes per room. */
const generation = 5_000;

/**
 * Cache of committed rooms. Keeps recently used rooms, so that an append needs no lookup, and every room
 * whose row in the file is outdated until that row is written.
 */
export class RoomMemory {
  #young = new RoomMap<RoomRow>();
  #old = new RoomMap<RoomRow>();
  #owed = new RoomMap<RoomRow>();
  #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(`SELECT ${roomColumns} FROM rooms WHERE admin = ? AND consumer = ?`);
  }

  get(key: RoomKey): RoomRow | undefined {
    const known = this.#owed.get(key) ?? this.#young.get(key);
    if (known) return known;
    const row = this.#old.get(key) ?? this.#find.get(key.admin, key.consumer) as RoomRow | undefined;
    if (row) this.remember(row);
    return row;
  }

  remember(row: RoomRow): void {
    this.#owed.delete(row);
    if (this.#young.size >= generation && !this.#young.get(row)) {
      this.#old = this.#young;
      this.#young = new RoomMap();
    }
    this.#young.set(row, row);
  }

  /** Like `remember`, for a room whose row in the file is outdated. */
  owe(row: RoomRow): void {
    this.#owed.set(row, row);
  }

  /** Rooms whose rows are outdated. */
  get owed(): Pick<RoomMap<RoomRow>, "size" | "values"> {
    return this.#owed;
  }

  forget(key: RoomKey): void {
    this.#owed.delete(key);
    this.#young.delete(key);
    this.#old.delete(key);
  }

  forgetAll(): void {
    this.#owed.clear();
    this.#young.clear();
    this.#old.clear();
  }
}
