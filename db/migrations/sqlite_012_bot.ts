import type { Migration } from "./migration.ts";

/** When a room that the bot handles has to be looked after. */
export const bot: Migration = {
  name: "bot",
  sql: `
    ALTER TABLE rooms ADD COLUMN bot_due_at INTEGER;
    CREATE INDEX rooms_of_bot ON rooms (bot_due_at) WHERE bot_due_at IS NOT NULL;
  `,
};
