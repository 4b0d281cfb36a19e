import type { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import type { SqliteMigration } from "../migrations/sqlite.ts";

/**
 * Brings the schema to the newest version, one transaction a step, so that a step that fails leaves nothing of itself.
 * @throws {CannotOpen} if the file is of a newer Parlor, or not Parlor's
 */
export function migrate(db: DatabaseSync, path: string, migrations: readonly SqliteMigration[]): void {
  const version = versionOf(db);
  if (version > migrations.length) {
    throw new CannotOpen(
      `Cannot open ${path}: its schema is version ${version}, of a newer Parlor; this one knows ${migrations.length}`,
    );
  }
  if (version === 0 && isOfAnother(db)) {
    throw new CannotOpen(`Cannot open ${path}: it is a database, but not one of Parlor's`);
  }
  for (let next = version + 1; next <= migrations.length; next++) apply(db, next, migrations[next - 1]!);
}

function versionOf(db: DatabaseSync): number {
  return (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
}

function isOfAnother(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() !== undefined;
}

function apply(db: DatabaseSync, version: number, migration: SqliteMigration): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(migration.sql);
    db.exec(`PRAGMA user_version = ${version}`);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw new CannotOpen(`Cannot bring the schema to version ${version} (${migration.name})`, {
      cause: error,
    });
  }
}
