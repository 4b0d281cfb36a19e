import type { DatabaseSync } from "node:sqlite";
import { copyDatabase } from "./copy.ts";
import { versionOf } from "./migrate.ts";

/** Copies a database that is about to change to a newer schema, beside it: `parlor.db.version-1`. */
export async function snapshot(db: DatabaseSync, path: string, newest: number): Promise<void> {
  const version = versionOf(db);
  if (version > 0 && version < newest) await copyDatabase(db, `${path}.version-${version}`);
}
