import type { Migration } from "./migration.ts";

const tally = (admin: string, sign: "+" | "-", row: string) => `
      INSERT INTO room_counts (admin) VALUES (${admin}) ON CONFLICT DO NOTHING;
      UPDATE room_counts SET
        open = open ${sign} (${row}.status = 0),
        resolved = resolved ${sign} (${row}.status = 1),
        unread = unread ${sign} (${row}.head > ${row}.read_admin)
      WHERE admin = ${admin};`;

/**
 * Triggers maintain `room_counts`, so that no write can omit it; most messages change no count. `doomed`
 * contains deleted rooms whose messages still have to be deleted. `messages_of_status` indexes the few
 * messages of a room that are not texts.
 */
export const portal: Migration = {
  name: "portal",
  sql: `
    CREATE TABLE visitors (
      admin TEXT NOT NULL,
      consumer TEXT NOT NULL,
      facts TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (admin, consumer)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE rooms ADD COLUMN blocked INTEGER;
    CREATE INDEX rooms_blocked ON rooms (admin, blocked) WHERE blocked IS NOT NULL;

    CREATE TABLE room_counts (
      admin TEXT PRIMARY KEY,
      open INTEGER NOT NULL DEFAULT 0,
      resolved INTEGER NOT NULL DEFAULT 0,
      unread INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    INSERT INTO room_counts
      SELECT admin, sum(status = 0), sum(status = 1), sum(head > read_admin) FROM rooms GROUP BY admin;
    CREATE TRIGGER room_made AFTER INSERT ON rooms BEGIN ${tally("NEW.admin", "+", "NEW")}
    END;
    CREATE TRIGGER room_changed AFTER UPDATE OF status, head, read_admin ON rooms
    WHEN OLD.status <> NEW.status OR (OLD.head > OLD.read_admin) <> (NEW.head > NEW.read_admin)
    BEGIN ${tally("OLD.admin", "-", "OLD")} ${tally("NEW.admin", "+", "NEW")}
    END;
    CREATE TRIGGER room_gone AFTER DELETE ON rooms BEGIN ${tally("OLD.admin", "-", "OLD")}
    END;

    CREATE TABLE doomed (room INTEGER PRIMARY KEY) STRICT;
    CREATE INDEX messages_of_status ON messages (room, seq) WHERE kind = 1;

    CREATE TABLE pushes (
      endpoint TEXT PRIMARY KEY,
      username TEXT NOT NULL,
      p256dh TEXT NOT NULL,
      auth TEXT NOT NULL,
      created INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pushes_by_account ON pushes (username, created);
  `,
};
