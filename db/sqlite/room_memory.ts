import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RoomKey } from "../store.ts";
import { nameOf, roomColumns, type RoomRow } from "./room_row.ts";

/** Rooms of a generation; twice as many are remembered at most, at about 400 bytes each. */
const generation = 5_000;

/** The committed rooms. Those used lately are remembered, so that an append need not look its room up. */
export class RoomMemory {
  #young = new Map<string, RoomRow>();
  #old = new Map<string, RoomRow>();
  #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(`SELECT ${roomColumns} FROM rooms WHERE admin = ? AND consumer = ?`);
  }

  get(key: RoomKey): RoomRow | undefined {
    const name = nameOf(key);
    const young = this.#young.get(name);
    if (young) return young;
    const row = this.#old.get(name) ?? this.#find.get(key.admin, key.consumer) as RoomRow | undefined;
    if (row) this.remember(name, row);
    return row;
  }

  remember(name: string, row: RoomRow): void {
    if (this.#young.size >= generation && !this.#young.has(name)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, row);
  }

  forget(name: string): void {
    this.#young.delete(name);
    this.#old.delete(name);
  }

  forgetAll(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
