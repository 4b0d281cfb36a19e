import type { Migration } from "./migration.ts";

/**
 * A message's fields besides its text: who on the admin's side wrote it, buttons, a pressed button. `json`,
 * unlike jsonb, keeps the text as written, so that its length is its share of a page's bytes.
 */
export const details: Migration = {
  name: "details",
  sql: "ALTER TABLE messages ADD COLUMN details json;",
};
