import { DatabaseSync } from "node:sqlite";

/** Waiting for a lock blocks the event loop, so the service itself never waits; only its start does. */
const startBusyMs = 2_000;

/** Every setting is written out: the runtime's defaults differ between its versions. */
export function connect(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: startBusyMs, enableForeignKeyConstraints: false });
  try {
    db.exec(`
      PRAGMA journal_mode = WAL;
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

/** Ends the waiting for locks, once the start is over. */
export function neverWait(db: DatabaseSync): void {
  db.exec("PRAGMA busy_timeout = 0");
}
