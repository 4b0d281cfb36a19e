import { DatabaseSync } from "node:sqlite";
import { keepPrivate } from "../private_file.ts";

/** A file of another version is built anew. */
const version = "2";
const timeout = 1_000;

/** The index beside the database `x.db`: `x-search.db`. */
export function searchPath(path: string): string {
  return `${path.replace(/\.db$/, "")}-search.db`;
}

/**
 * Opens the index, or an empty one where there is none, where it is of another life of the store (`epoch`), and where
 * it cannot be read. Nothing is lost by that: it is made of the messages.
 */
export function openSearchFile(path: string, epoch: string): DatabaseSync {
  keepPrivate(path);
  try {
    const db = new DatabaseSync(path, { timeout });
    if (isUsable(db, epoch)) return configured(db);
    db.close();
  } catch {
    // Not a database, or a broken one.
  }
  removeSearchFile(path);
  return create(path, epoch);
}

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

/** What a crash of the machine takes from it is written again, so no commit waits for the disk. */
function configured(db: DatabaseSync): DatabaseSync {
  db.exec(`PRAGMA busy_timeout = ${timeout}`);
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA secure_delete = ON",
  );
  return db;
}

/**
 * The index holds no text, only words and where they stand. `owner` lets an engine that knows one list of messages for
 * each word step from one of an admin's messages to the next. What is deleted leaves no word behind: it is taken out of
 * the pages in use, by its words and its owner, and pages that become free are overwritten.
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
