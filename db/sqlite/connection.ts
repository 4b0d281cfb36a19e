import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { keepPrivate } from "../private_file.ts";

/** Waiting for a lock blocks the event loop, so only startup waits. Milliseconds. */
const startBusyMs = 2_000;

/**
 * Opens the database and sets every option explicitly, because the runtime's defaults differ between
 * versions.
 * @throws {CannotOpen} if the file system does not support a write-ahead log, such as a network share
 */
export function connect(path: string): DatabaseSync {
  keepPrivate(path);
  const db = new DatabaseSync(path, { timeout: startBusyMs, enableForeignKeyConstraints: false });
  try {
    // exec, not prepare: on Deno 2.5 an error from prepare has no message.
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
 * Disables the flush per commit for the writes of startup. The WAL keeps their order: a later, flushed commit
 * also makes them durable.
 */
export function beginStart(db: DatabaseSync): void {
  db.exec("PRAGMA synchronous = NORMAL");
}

/** From here on each commit is flushed to disk and no lock is waited for. */
export function endStart(db: DatabaseSync): void {
  db.exec("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0");
}
