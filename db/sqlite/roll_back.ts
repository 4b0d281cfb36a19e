import type { DatabaseSync } from "node:sqlite";

/**
 * Rolls back a failed transaction. SQLite may have rolled it back already on a full disk; on Deno 2.5 this
 * cannot be queried.
 */
export function rollBack(db: DatabaseSync): void {
  if (db.isTransaction === false) return;
  try {
    db.exec("ROLLBACK");
  } catch (error) {
    if (db.isTransaction !== undefined) throw error;
  }
}
