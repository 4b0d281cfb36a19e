import type { Migration } from "./migration.ts";

const withoutFragment = (fact: string) => `
    UPDATE visitors SET facts = json_set(facts, '$.${fact}', substr(facts ->> '${fact}', 1, instr(facts ->> '${fact}', '#') - 1))
      WHERE instr(facts ->> '${fact}', '#') > 0;`;

/**
 * Every account has a random id from here on. Those that are there get one and are marked: the ids of their signed-in
 * visitors hang on the name, and tokens name it alone. A deleted account's row stays, so that nobody can have its name.
 * Fragments of addresses may be tokens: those that were kept go.
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
