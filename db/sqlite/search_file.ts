import { DatabaseSync } from "node:sqlite";
import { keepPrivate } from "../private_file.ts";

/** Version of the index format. A file of another version is rebuilt. */
const version = "2";
const timeout = 1_000;

/** Path of the search index: `x-search.db` for the database `x.db`. */
export function searchPath(path: string): string {
  return `${path.replace(/\.db$/, "")}-search.db`;
}

/**
 * Opens the index. Creates an empty one if the file is missing, unreadable or of another epoch of the store;
 * no data is lost, since the index is built from the messages.
 */
export function openSearchFile(path: string, epoch: string): DatabaseSync {
  keepPrivate(path);
  try {
    const db = new DatabaseSync(path, { timeout });
    if (isUsable(db, epoch)) return configured(db);
    db.close();
  } catch {
    // Not a database, or damaged: rebuilt below.
  }
  removeSearchFile(path);
  return create(path, epoch);
}

/** Deletes the index file with its WAL files. */
export function removeSearchFile(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      Deno.removeSync(path + suffix);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

function isUsable(db: DatabaseSync, epoch: string): boolean {
  try {
    const of = (name: string) => db.prepare("SELECT value FROM meta WHERE name = ?").get(name)?.value;
    return of("version") === version && of("epoch") === epoch && of("watermark") !== undefined;
  } catch {
    return false;
  }
}

/** synchronous = NORMAL: entries lost in a crash are indexed again, so commits need not be flushed. */
function configured(db: DatabaseSync): DatabaseSync {
  db.exec(`PRAGMA busy_timeout = ${timeout}`);
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA secure_delete = ON",
  );
  return db;
}

/**
 * Creates the index, which stores words and positions but no text. An FTS5 index has one posting list per
 * word, so the `owner` column is needed to skip the messages of other admins. Deleted words leave no trace in
 * the file: entries are deleted by words and owner, and freed pages are overwritten (`secure_delete`).
 */
function create(path: string, epoch: string): DatabaseSync {
  keepPrivate(path);
  const db = configured(new DatabaseSync(path, { timeout }));
  db.exec(`
    BEGIN;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE found USING fts5(
      owner, words, content = '', tokenize = 'ascii', prefix = '2 3');
    INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
    CREATE TABLE owners (room INTEGER PRIMARY KEY, owner TEXT NOT NULL) STRICT;
    INSERT INTO meta VALUES ('version', '${version}'), ('watermark', '0');
  `);
  db.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(epoch);
  db.exec("COMMIT");
  return db;
}
