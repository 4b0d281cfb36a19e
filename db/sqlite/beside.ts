import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { sqliteMigrations } from "../migrations/sqlite.ts";
import type { Records } from "../records.ts";
import { versionOf } from "./migrate.ts";
import { records, recordTable } from "./records.ts";
import { rollBack } from "./roll_back.ts";

/** Lock timeout. Milliseconds. */
const busyMs = 10_000;

/**
 * Opens the records of a database over a second connection; the service may be using it.
 * @throws {CannotOpen} if the database does not exist or its schema has another version
 */
export function recordsBeside(path: string): { records: Records; close(): void } {
  const db = open(path);
  const write = <T>(work: () => T): T => {
    db.exec("BEGIN IMMEDIATE");
    try {
      const answer = work();
      db.exec("COMMIT");
      return answer;
    } catch (error) {
      rollBack(db);
      throw error;
    }
  };
  const queue = { write: <T>(work: () => T) => Promise.try(write<T>, work) };
  return { records: records(db, queue, recordTable(db)), close: () => db.close() };
}

function open(path: string): DatabaseSync {
  try {
    Deno.statSync(path);
  } catch {
    throw new CannotOpen(`DATABASE_URL: there is no database ${path}`);
  }
  const db = new DatabaseSync(path, { timeout: busyMs });
  db.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA synchronous = FULL`);
  const version = versionOf(db);
  if (version === sqliteMigrations.length) return db;
  db.close();
  throw new CannotOpen(
    `DATABASE_URL: ${path} is version ${version}, this one knows ${sqliteMigrations.length}: start the service once`,
  );
}
