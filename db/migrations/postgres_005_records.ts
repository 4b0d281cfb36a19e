import type { Migration } from "./migration.ts";

/**
 * `key`: each part in UTF-8, ended by a zero, so that bytes sort as the parts do. `value`: JSON, as text: jsonb takes no
 * NUL, and nothing is looked for inside.
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
