import type { DatabaseSync, StatementSync } from "node:sqlite";
import { RoomMap } from "../room_key.ts";
import type { RoomKey } from "../store.ts";
import { roomColumns, type RoomRow } from "./room_row.ts";

/** Rooms of a generation; twice as many are remembered at most, at about 400 bytes each. */
const generation = 5_000;

/**
 * The committed rooms. Those used lately are remembered, so that an append need not look its room up; those whose rows in
 * the file are behind are owed to it, and remembered until they are written.
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

  /** As `remember`, of a room whose row in the file is behind. */
  owe(row: RoomRow): void {
    this.#owed.set(row, row);
  }

  /** Rooms whose rows are behind. */
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
