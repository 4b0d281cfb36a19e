import type { Migration } from "./migration.ts";

/**
 * Gives each side of a room its own client ids: integrations on both sides may count from 1. The index still
 * begins with the expression that processes of the previous version query during a rolling update.
 */
export const idsBySide: Migration = {
  name: "ids by side",
  sql: `
    CREATE UNIQUE INDEX messages_by_sender ON messages ((client_id || ' ' || room::text), side)
      WHERE client_id IS NOT NULL;
    DROP INDEX messages_by_client_id;
  `,
};
