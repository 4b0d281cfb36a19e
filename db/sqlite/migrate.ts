import type { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import type { SqliteMigration } from "../migrations/migration.ts";
import { rollBack } from "./roll_back.ts";

/**
 * Migrates the schema to the newest version, one transaction per step, so that a failed step leaves no
 * changes.
 * @throws {CannotOpen} if the schema is newer than this Parlor, the file is not Parlor's, or a step fails
 */
export function migrate(db: DatabaseSync, migrations: readonly SqliteMigration[]): void {
  const version = versionOf(db);
  if (version > migrations.length) {
    throw new CannotOpen(
      `its schema is version ${version}, of a newer Parlor; this one knows versions up to ${migrations.length}`,
    );
  }
  if (version === 0 && holdsTables(db)) throw new CannotOpen("it is a database, but not one of Parlor's");
  for (let next = version + 1; next <= migrations.length; next++) apply(db, next, migrations[next - 1]!);
}

/** Schema version; 0 if the database has no Parlor schema. */
export function versionOf(db: DatabaseSync): number {
  return db.prepare("PRAGMA user_version").get()!.user_version as number;
}

function holdsTables(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() !== undefined;
}

function apply(db: DatabaseSync, version: number, { name, sql, run }: SqliteMigration): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(sql);
    run?.(db);
    db.exec(`PRAGMA user_version = ${version}`);
    db.exec("COMMIT");
  } catch (cause) {
    rollBack(db);
    const why = cause instanceof Error ? cause.message : cause;
    throw new CannotOpen(`the step to schema version ${version} (${name}) failed: ${why}`, { cause });
  }
}
