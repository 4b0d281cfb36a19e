import type { DatabaseSync } from "node:sqlite";

/**
 * Increasing keys of messages, in write order. A key is never reused, not even after its message was deleted:
 * the search index is keyed by them and would mistake the second message for the first.
 */
export class MessageKeys {
  #last: number;
  #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    const { last } = db.prepare(`SELECT max(
      coalesce((SELECT max(key) FROM messages), 0),
      coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'settled'), 0),
      coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'message_key'), 0)) AS last`).get()!;
    this.#last = last as number;
  }

  /** The last assigned key. */
  get last(): number {
    return this.#last;
  }

  next(): number {
    return ++this.#last;
  }

  /** Stores the last key. Call inside a transaction that deletes messages. */
  note(): void {
    this.#db.prepare("INSERT OR REPLACE INTO meta VALUES ('message_key', ?)").run(String(this.#last));
  }
}
