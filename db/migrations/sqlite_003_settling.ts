import type { Migration } from "./migration.ts";

/**
 * From here on a room's row may be behind its newest messages, those with a key above `settled`: `sqlite/settling.ts`.
 * An earlier Parlor would take the row for the truth, and must not open such a file.
 */
export const settling: Migration = {
  name: "settling",
  sql: `INSERT INTO meta SELECT 'settled', coalesce(max(key), 0) FROM messages;`,
};
