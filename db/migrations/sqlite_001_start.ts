import type { Migration } from "./migration.ts";

/**
 * Times are milliseconds since 1970. `side`, `kind` and `status` are positions in the lists of
 * `sqlite/words.ts`.
 *
 * `messages` has an explicit rowid: the search index refers to it. `sent` starts with the client's id: ids
 * that grow with time fall on the same page in every room. `rooms_by_status` serves a page of any
 * status, and all statuses merged; the filter "unread" has a partial index.
 */
export const start: Migration = {
  name: "start",
  sql: `
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(8))));

    CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE accounts (
      username TEXT PRIMARY KEY,
      password TEXT NOT NULL,
      email TEXT,
      created INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sessions (
      jti TEXT PRIMARY KEY,
      username TEXT NOT NULL,
      created INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      agent TEXT,
      address TEXT,
      ended INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_account ON sessions (username, created);

    CREATE TABLE chatbots (
      username TEXT PRIMARY KEY,
      settings TEXT NOT NULL,
      updated INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE claims (
      admin TEXT NOT NULL,
      consumer TEXT NOT NULL,
      owner TEXT NOT NULL,
      claimed INTEGER NOT NULL,
      PRIMARY KEY (admin, consumer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE rooms (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      admin TEXT NOT NULL,
      consumer TEXT NOT NULL,
      status INTEGER NOT NULL,
      status_by TEXT,
      status_at INTEGER,
      created INTEGER NOT NULL,
      active INTEGER NOT NULL,
      head INTEGER NOT NULL,
      read_admin INTEGER NOT NULL,
      read_visitor INTEGER NOT NULL,
      name TEXT,
      email TEXT,
      verified INTEGER NOT NULL,
      UNIQUE (admin, consumer)
    ) STRICT;
    CREATE INDEX rooms_by_status ON rooms (admin, status, active);
    CREATE INDEX rooms_unread ON rooms (admin, active) WHERE head > read_admin;

    CREATE TABLE messages (
      key INTEGER PRIMARY KEY,
      room INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      side INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      created INTEGER NOT NULL,
      content TEXT NOT NULL,
      client_id TEXT
    ) STRICT;
    CREATE UNIQUE INDEX messages_by_room ON messages (room, seq);

    CREATE TABLE sent (
      client_id TEXT NOT NULL,
      room INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (client_id, room)
    ) STRICT, WITHOUT ROWID;
  `,
};
