import type { Migration } from "./migration.ts";

/**
 * As `sqlite_004_account_ids.ts`. The defaults are for accounts created meanwhile by a process of the
 * previous version, which derives ids from names.
 */
export const accountIds: Migration = {
  name: "account_ids",
  sql: `
    ALTER TABLE accounts
      ADD COLUMN id text COLLATE "C" NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
      ADD COLUMN legacy boolean NOT NULL DEFAULT true,
      ADD COLUMN deleted bigint;
    UPDATE visitors SET facts = facts
        || CASE WHEN facts ? 'page' THEN jsonb_build_object('page', split_part(facts ->> 'page', '#', 1)) ELSE '{}' END
        || CASE WHEN facts ? 'referrer' THEN jsonb_build_object('referrer', split_part(facts ->> 'referrer', '#', 1)) ELSE '{}' END
      WHERE facts ->> 'page' LIKE '%#%' OR facts ->> 'referrer' LIKE '%#%';
  `,
};
