import type { Migration } from "./migration.ts";

/**
 * A checksum of each message, so that a check sees damage inside its text; rows that are there have none. That there were
 * accounts is noted, so that it is seen when they are gone.
 */
export const checksums: Migration = {
  name: "checksums",
  sql: `
    ALTER TABLE messages ADD COLUMN checksum INTEGER;
    INSERT OR REPLACE INTO meta SELECT 'accounts', 'some' FROM accounts LIMIT 1;
    CREATE TRIGGER account_made AFTER INSERT ON accounts
    WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'accounts')
    BEGIN INSERT INTO meta VALUES ('accounts', 'some'); END;
  `,
};
