import type { Migration } from "./migration.ts";

/**
 * From here on a room's row may be older than its newest messages, those with a key above `settled`: see
 * `sqlite/deferred_room_rows.ts`. An earlier Parlor would rely on the row, so it must refuse this schema
 * version.
 */
export const settling: Migration = {
  name: "settling",
  sql: `INSERT INTO meta SELECT 'settled', coalesce(max(key), 0) FROM messages;`,
};
