import type { PostgresMigration } from "./postgres.ts";

/**
 * Times are milliseconds since 1970. Names that are only compared are in collation "C": fast, and the same on any server.
 *
 * `rooms_by_name` and `messages_by_client_id` are on one expression each, which no other index can serve: on fresh or
 * uneven statistics the planner took those on the admin or the room alone, and read all of a busy one for each message.
 * The latter starts with the client's id: ids that grow with time land on one page, whatever room they are of.
 * `attempt` is this side's own id for a message whose client gave none, so that it can be written again after an answer
 * that never came.
 */
export const start: PostgresMigration = {
  name: "start",
  sql: `
    CREATE TABLE kept (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);

    CREATE TABLE accounts (
      username text COLLATE "C" PRIMARY KEY,
      password text NOT NULL,
      email text,
      created bigint NOT NULL
    );

    CREATE TABLE sessions (
      jti text COLLATE "C" PRIMARY KEY,
      username text COLLATE "C" NOT NULL,
      created bigint NOT NULL,
      expires bigint NOT NULL,
      agent text,
      address text,
      ended bigint
    );
    CREATE INDEX sessions_by_account ON sessions (username, created);

    CREATE TABLE chatbots (
      username text COLLATE "C" PRIMARY KEY,
      settings text NOT NULL,
      updated bigint NOT NULL
    );

    CREATE TABLE claims (
      admin text COLLATE "C" NOT NULL,
      consumer text COLLATE "C" NOT NULL,
      owner text NOT NULL,
      claimed bigint NOT NULL,
      PRIMARY KEY (admin, consumer)
    );

    CREATE TABLE rooms (
      key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL,
      admin text COLLATE "C" NOT NULL,
      consumer text COLLATE "C" NOT NULL,
      status text COLLATE "C" NOT NULL,
      status_by text,
      status_at bigint,
      created bigint NOT NULL,
      active bigint NOT NULL,
      head integer NOT NULL,
      read_admin integer NOT NULL,
      read_visitor integer NOT NULL,
      name text,
      email text,
      verified boolean NOT NULL
    );
    CREATE UNIQUE INDEX rooms_by_name ON rooms ((admin || ' ' || consumer));
    CREATE INDEX rooms_by_status ON rooms (admin, status, active, key);
    CREATE INDEX rooms_unread ON rooms (admin, active, key) WHERE head > read_admin;
    -- Every message rewrites its room: without this, a busy room's old versions are swept up too seldom.
    ALTER TABLE rooms SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

    CREATE TABLE messages (
      room bigint NOT NULL,
      seq integer NOT NULL,
      side text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      created bigint NOT NULL,
      content text NOT NULL,
      client_id text COLLATE "C",
      attempt text COLLATE "C",
      PRIMARY KEY (room, seq)
    );
    CREATE UNIQUE INDEX messages_by_client_id ON messages ((client_id || ' ' || room::text)) WHERE client_id IS NOT NULL;
    CREATE UNIQUE INDEX messages_by_attempt ON messages (attempt) WHERE attempt IS NOT NULL;
  `,
};
