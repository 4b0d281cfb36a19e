import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { keepPrivate } from "../private_file.ts";

/** Waiting for a lock blocks the event loop, so the service itself never waits; only its start does. */
const startBusyMs = 2_000;

/**
 * Opens the file with every setting written out: the runtime's defaults differ between its versions.
 * @throws {CannotOpen} if the file lies where SQLite cannot keep a write-ahead log, such as a network share
 */
export function connect(path: string): DatabaseSync {
  keepPrivate(path);
  const db = new DatabaseSync(path, { timeout: startBusyMs, enableForeignKeyConstraints: false });
  try {
    // Executed, not prepared: on Deno 2.5 what fails to be prepared does not say why.
    db.exec(`PRAGMA busy_timeout = ${startBusyMs}; PRAGMA journal_mode = WAL`);
    const mode = db.prepare("PRAGMA journal_mode").get()!.journal_mode;
    if (mode !== "wal") throw new CannotOpen(`no write-ahead log is possible there (SQLite chose "${mode}")`);
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA foreign_keys = OFF;
      PRAGMA trusted_schema = OFF;
      PRAGMA temp_store = MEMORY;
      PRAGMA mmap_size = 0;
      PRAGMA cache_size = -16384;
    `);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/**
 * Takes the start's own steps without a flush of the disk each. The log keeps their order: nothing that is committed, and
 * flushed, after them can outlive them.
 */
export function beginStart(db: DatabaseSync): void {
  db.exec("PRAGMA synchronous = NORMAL");
}

/** From here on a commit is a flush, and no lock is waited for. */
export function endStart(db: DatabaseSync): void {
  db.exec("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0");
}
