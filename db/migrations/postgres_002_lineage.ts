import type { PostgresMigration } from "./postgres.ts";

/** Which cluster and timeline wrote this last: of another one, the epoch is over. NULL: it was not known. */
export const lineage: PostgresMigration = {
  name: "lineage",
  sql: "ALTER TABLE meta ADD COLUMN lineage text",
};
