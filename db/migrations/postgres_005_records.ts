import type { Migration } from "./migration.ts";

/**
 * `key`: each part in UTF-8, terminated by a zero byte, so that bytes sort like the parts. `value`: JSON as
 * text: jsonb does not accept NUL, and no query looks inside.
 */
export const records: Migration = {
  name: "records",
  sql: `
    CREATE TABLE records (
      collection text COLLATE "C" NOT NULL,
      key bytea NOT NULL,
      value text NOT NULL,
      version text COLLATE "C" NOT NULL,
      PRIMARY KEY (collection, key)
    );
    CREATE TABLE counters (
      collection text COLLATE "C" NOT NULL,
      key bytea NOT NULL,
      value bigint NOT NULL,
      PRIMARY KEY (collection, key)
    );`,
};
