import type { Migration } from "./migration.ts";

const withoutFragment = (fact: string) => `
    UPDATE visitors SET facts = json_set(facts, '$.${fact}', substr(facts ->> '${fact}', 1, instr(facts ->> '${fact}', '#') - 1))
      WHERE instr(facts ->> '${fact}', '#') > 0;`;

/**
 * Gives every account a random id. Existing accounts are marked `legacy`: the ids of their signed-in visitors
 * derive from the name, and their tokens contain only the name. The row of a deleted account stays, so that
 * its name cannot be reused. URL fragments may contain tokens, so stored ones are removed.
 */
export const accountIds: Migration = {
  name: "account_ids",
  sql: `
    ALTER TABLE accounts ADD COLUMN id TEXT NOT NULL DEFAULT '';
    ALTER TABLE accounts ADD COLUMN legacy INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE accounts ADD COLUMN deleted INTEGER;
    UPDATE accounts SET id = lower(hex(randomblob(16)));
    ${withoutFragment("page")}
    ${withoutFragment("referrer")}
  `,
};
