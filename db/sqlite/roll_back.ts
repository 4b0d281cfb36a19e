import type { DatabaseSync } from "node:sqlite";

/** Undoes the transaction that has failed. A full disk may have ended it already; Deno 2.5 cannot say whether. */
export function rollBack(db: DatabaseSync): void {
  if (db.isTransaction === false) return;
  try {
    db.exec("ROLLBACK");
  } catch (error) {
    if (db.isTransaction !== undefined) throw error;
  }
}
