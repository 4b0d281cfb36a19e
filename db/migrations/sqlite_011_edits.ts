import type { Migration } from "./migration.ts";

/**
 * `replaced_texts` contains former texts of edited messages whose words are still in the search index: see
 * `sqlite/edits.ts`. An earlier Parlor would neither know messages of kind `edit` nor remove those words.
 * `doomed` also names the admin, who owns the room's words in the index: messages that were moved to the room may
 * have been indexed for another one.
 */
export const edits: Migration = {
  name: "edits",
  sql: `
    CREATE TABLE replaced_texts (
      key INTEGER PRIMARY KEY,
      admin TEXT NOT NULL,
      content TEXT NOT NULL
    ) STRICT;
    ALTER TABLE doomed ADD COLUMN admin TEXT;
  `,
};
