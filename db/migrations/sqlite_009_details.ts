import type { Migration } from "./migration.ts";

/** What a message carries beside its text, as JSON: who of the admin's side wrote it, buttons, a pressed button. */
export const details: Migration = {
  name: "details",
  sql: "ALTER TABLE messages ADD COLUMN details TEXT;",
};
