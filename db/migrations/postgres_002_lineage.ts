import type { Migration } from "./migration.ts";

/** Cluster and timeline of the last writer; if they change, a new epoch begins. NULL: unknown. */
export const lineage: Migration = {
  name: "lineage",
  sql: "ALTER TABLE meta ADD COLUMN lineage text",
};
