import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RoomKey } from "../store.ts";
import { nameOf, roomColumns, type RoomRow } from "./room_row.ts";

/** Rooms of a generation; twice as many are remembered at most, at about 400 bytes each. */
const generation = 5_000;

/**
 * The committed rooms. Those used lately are remembered, so that an append need not look its room up; those whose rows in
 * the file are behind are owed to it, and remembered until they are written.
 */
export class RoomMemory {
  #young = new Map<string, RoomRow>();
  #old = new Map<string, RoomRow>();
  #owed = new Map<string, RoomRow>();
  #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(`SELECT ${roomColumns} FROM rooms WHERE admin = ? AND consumer = ?`);
  }

  get(key: RoomKey): RoomRow | undefined {
    const name = nameOf(key);
    const known = this.#owed.get(name) ?? this.#young.get(name);
    if (known) return known;
    const row = this.#old.get(name) ?? this.#find.get(key.admin, key.consumer) as RoomRow | undefined;
    if (row) this.remember(name, row);
    return row;
  }

  remember(name: string, row: RoomRow): void {
    this.#owed.delete(name);
    if (this.#young.size >= generation && !this.#young.has(name)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, row);
  }

  /** As `remember`, of a room whose row in the file is behind. */
  owe(name: string, row: RoomRow): void {
    this.#owed.set(name, row);
  }

  /** Rooms whose rows are behind. */
  get owed(): ReadonlyMap<string, RoomRow> {
    return this.#owed;
  }

  forget(name: string): void {
    this.#owed.delete(name);
    this.#young.delete(name);
    this.#old.delete(name);
  }

  forgetAll(): void {
    this.#owed.clear();
    this.#young.clear();
    this.#old.clear();
  }
}
