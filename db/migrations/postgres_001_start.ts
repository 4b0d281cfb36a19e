import type { Migration } from "./migration.ts";

/** The changes of the counters of admins by the rooms of a transition table. */
const changes = (rooms: string, sign: "" | "-") => `
        SELECT admin, ${sign}(status = 'open')::int AS open, ${sign}(status = 'resolved')::int AS resolved,
          ${sign}(head > read_admin)::int AS unread FROM ${rooms}`;

/**
 * Creates a statement-level trigger. Counters are updated in order of the names, so that concurrent
 * transactions do not deadlock.
 */
const countedBy = (what: "INSERT" | "UPDATE" | "DELETE", changes: string) => `
    CREATE FUNCTION count_after_${what}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO room_counts AS counts (admin, stripe, open, resolved, unread)
      SELECT admin, pg_backend_pid() % 16, sum(open), sum(resolved), sum(unread) FROM (${changes}) AS changes
      GROUP BY admin HAVING sum(open) <> 0 OR sum(resolved) <> 0 OR sum(unread) <> 0 ORDER BY admin
      ON CONFLICT (admin, stripe) DO UPDATE SET open = counts.open + excluded.open,
        resolved = counts.resolved + excluded.resolved, unread = counts.unread + excluded.unread;
      RETURN NULL;
    END $$;
    CREATE TRIGGER count_after_${what} AFTER ${what} ON rooms
      REFERENCING ${
  [what !== "INSERT" && "OLD TABLE AS old_rooms", what !== "DELETE" && "NEW TABLE AS new_rooms"]
    .filter(Boolean).join(" ")
}
      FOR EACH STATEMENT EXECUTE FUNCTION count_after_${what}();`;

/**
 * Times are milliseconds since 1970. Names that are only compared have collation "C": fast, and identical on
 * every server.
 *
 * `rooms_by_name` and `messages_by_client_id` each index one expression that no other index can serve: with
 * new or skewed statistics the planner chose indexes on the admin or the room alone, and read all entries of
 * a busy one for each message. The latter starts with the client's id: ids that grow with time fall on the
 * same page in every room. `attempt` is the server's id of a message without a client id, used to
 * detect a retry after a lost answer. Messages store the admin and a growing key only for the search: words
 * are indexed with the admin's name as a prefix, so that a search reads only that admin's entries.
 *
 * An admin's counts are the sums of up to 16 rows: with a single row, concurrent writers would wait for each
 * other's commit. `doomed` contains deleted rooms whose messages still have to be deleted.
 */
export const start: Migration = {
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
      blocked bigint
    );
    CREATE UNIQUE INDEX rooms_by_name ON rooms ((admin || ' ' || consumer));
    CREATE INDEX rooms_by_status ON rooms (admin, status, active, key);
    CREATE INDEX rooms_unread ON rooms (admin, active, key) WHERE head > read_admin;
    CREATE INDEX rooms_blocked ON rooms (admin, blocked) WHERE blocked IS NOT NULL;
    -- Every message rewrites its room: without this, a busy room's old versions are swept up too seldom.
    ALTER TABLE rooms SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

    CREATE TABLE room_counts (
      admin text COLLATE "C" NOT NULL,
      stripe integer NOT NULL,
      open bigint NOT NULL,
      resolved bigint NOT NULL,
      unread bigint NOT NULL,
      PRIMARY KEY (admin, stripe)
    );
    ${countedBy("INSERT", changes("new_rooms", ""))}
    ${countedBy("UPDATE", `${changes("new_rooms", "")} UNION ALL ${changes("old_rooms", "-")}`)}
    ${countedBy("DELETE", changes("old_rooms", "-"))}

    CREATE TABLE visitors (
      admin text COLLATE "C" NOT NULL,
      consumer text COLLATE "C" NOT NULL,
      facts jsonb NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (admin, consumer)
    );

    CREATE TABLE pushes (
      endpoint text COLLATE "C" PRIMARY KEY,
      username text COLLATE "C" NOT NULL,
      p256dh text NOT NULL,
      auth text NOT NULL,
      created bigint NOT NULL
    );
    CREATE INDEX pushes_by_account ON pushes (username, created);

    CREATE TABLE messages (
      room bigint NOT NULL,
      seq integer NOT NULL,
      key bigint GENERATED ALWAYS AS IDENTITY,
      admin text COLLATE "C" NOT NULL,
      side text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      created bigint NOT NULL,
      content text NOT NULL,
      client_id text COLLATE "C",
      attempt text COLLATE "C",
      words tsvector,
      PRIMARY KEY (room, seq)
    );
    CREATE UNIQUE INDEX messages_by_client_id ON messages ((client_id || ' ' || room::text)) WHERE client_id IS NOT NULL;
    CREATE UNIQUE INDEX messages_by_attempt ON messages (attempt) WHERE attempt IS NOT NULL;
    CREATE INDEX messages_of_status ON messages (room, seq) WHERE kind = 'status';
    CREATE INDEX messages_by_admin ON messages (admin, key) WHERE words IS NOT NULL;
    -- What waits to be sorted into it is sorted in by a writer now and then: little at a time.
    CREATE INDEX messages_by_words ON messages USING gin (words) WITH (gin_pending_list_limit = 256);

    CREATE TABLE doomed (room bigint PRIMARY KEY);
  `,
};
