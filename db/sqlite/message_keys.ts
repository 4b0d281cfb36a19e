import type { DatabaseSync } from "node:sqlite";

/**
 * Keys of messages, in the order of the writes. None is given twice, not even that of a message that was removed:
 * the search index follows them and would take the second message for the first.
 */
export class MessageKeys {
  #last: number;
  #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    const { last } = db.prepare(`SELECT max(
      coalesce((SELECT max(key) FROM messages), 0),
      coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'message_key'), 0)) AS last`).get()!;
    this.#last = last as number;
  }

  /** The last one given. */
  get last(): number {
    return this.#last;
  }

  next(): number {
    return ++this.#last;
  }

  /** Writes down, inside a transaction that removes messages, how far the keys have come. */
  note(): void {
    this.#db.prepare("INSERT OR REPLACE INTO meta VALUES ('message_key', ?)").run(String(this.#last));
  }
}
