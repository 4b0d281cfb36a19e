import type { Migration } from "./migration.ts";

/**
 * From here on each side of a room has client ids of its own: integrations that count both begin with 1. The index still
 * begins with the expression that processes of the former version ask for, while they are replaced one by one.
 */
export const idsBySide: Migration = {
  name: "ids by side",
  sql: `
    CREATE UNIQUE INDEX messages_by_sender ON messages ((client_id || ' ' || room::text), side)
      WHERE client_id IS NOT NULL;
    DROP INDEX messages_by_client_id;
  `,
};
