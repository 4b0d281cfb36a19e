import type { Migration } from "./migration.ts";

/**
 * What a message carries beside its text: who of the admin's side wrote it, buttons, a pressed button. `json` keeps the
 * text as it was written, so that its length says how much of a page it takes.
 */
export const details: Migration = {
  name: "details",
  sql: "ALTER TABLE messages ADD COLUMN details json;",
};
