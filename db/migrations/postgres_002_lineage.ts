import type { Migration } from "./migration.ts";

/** Which cluster and timeline wrote this last: of another one, the epoch is over. NULL: it was not known. */
export const lineage: Migration = {
  name: "lineage",
  sql: "ALTER TABLE meta ADD COLUMN lineage text",
};
