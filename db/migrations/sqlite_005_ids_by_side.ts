import type { Migration } from "./migration.ts";

/** Gives each side of a room its own client ids: integrations on both sides may count from 1. */
export const idsBySide: Migration = {
  name: "ids by side",
  sql: `
    CREATE TABLE sent_by_side (
      client_id TEXT NOT NULL,
      room INTEGER NOT NULL,
      side INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (client_id, room, side)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sent_by_side
      SELECT sent.client_id, sent.room, messages.side, sent.seq FROM sent
      CROSS JOIN messages ON messages.room = sent.room AND messages.seq = sent.seq
      ORDER BY sent.client_id, sent.room;
    DROP TABLE sent;
    ALTER TABLE sent_by_side RENAME TO sent;
  `,
};
