import type { Migration } from "./migration.ts";

/**
 * Adds a checksum per message, so that a check detects damaged text; existing rows have none. Also records
 * that accounts exist, so that a check detects their loss.
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
