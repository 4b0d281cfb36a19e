import type { Migration } from "./migration.ts";

/** `key`: each part in UTF-8, terminated by a zero byte, so that bytes sort like the parts. `value`: JSON. */
export const records: Migration = {
  name: "records",
  sql: `
    CREATE TABLE records (
      collection TEXT NOT NULL,
      key BLOB NOT NULL,
      value TEXT NOT NULL,
      version TEXT NOT NULL,
      PRIMARY KEY (collection, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE counters (
      collection TEXT NOT NULL,
      key BLOB NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (collection, key)
    ) STRICT, WITHOUT ROWID;`,
};
