import type { Migration } from "./migration.ts";

/**
 * A message's fields besides its text, as JSON: who on the admin's side wrote it, buttons, a pressed button.
 */
export const details: Migration = {
  name: "details",
  sql: "ALTER TABLE messages ADD COLUMN details TEXT;",
};
