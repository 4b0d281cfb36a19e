import type { Migration } from "./migration.ts";

/** What each counter of an inbox counts. */
const counted = (row: string) => ({
  open: `${row}.is_open`,
  resolved: `${row}.list = 1`,
  unread: `(${row}.head > ${row}.read_admin)`,
  waiting: `(${row}.is_open AND ${row}.waits)`,
  bot: `(${row}.list = 2)`,
  snoozed: `(${row}.list = 4)`,
  unassigned: `(${row}.is_open AND NOT ${row}.assigned)`,
});

const tally = (sign: "+" | "-", row: "NEW" | "OLD") => `
      INSERT INTO room_counts (admin) VALUES (${row}.admin) ON CONFLICT DO NOTHING;
      UPDATE room_counts SET ${
  Object.entries(counted(row)).map(([of, is]) => `${of} = ${of} ${sign} (${is})`).join(", ")
}
      WHERE admin = ${row}.admin;`;

const changed = (...values: string[]) => {
  const row = (name: string) => `(${values.map((value) => value.replaceAll("row.", `${name}.`)).join(", ")})`;
  return `${row("OLD")} IS NOT ${row("NEW")}`;
};

const unload = `
      UPDATE agent_loads SET load = load - 1
      WHERE OLD.is_open AND admin = OLD.admin AND agent = OLD.assignee;`;
const unlabel = `
      DELETE FROM room_labels WHERE OLD.labels IS NOT NULL AND (admin, label, at, room) IN
        (SELECT OLD.admin, value ->> 0, value ->> 1, OLD.key FROM json_each(OLD.labels));`;

/**
 * A team's state of a room: assignee, team, labels as JSON pairs of id and time, and since when the visitor
 * waits. `list` is the list by activity that contains the room: its status, or 4 for a snoozed one; `is_open`
 * says whether it is in the open lists.
 *
 * The indexes are the lists of the boxes. Those that most rooms are in are few and split by flags, so that one
 * entry serves several boxes, and a message of a workspace without a team moves two more entries at most. Label
 * lists are ordered by the time of labelling: a message moves nothing there. Triggers maintain counters, loads
 * and label lists, so that no write can omit them.
 */
export const desk: Migration = {
  name: "desk",
  sql: `
    ALTER TABLE rooms ADD COLUMN assignee TEXT;
    ALTER TABLE rooms ADD COLUMN team TEXT;
    ALTER TABLE rooms ADD COLUMN labels TEXT;
    ALTER TABLE rooms ADD COLUMN snoozed_until INTEGER;
    ALTER TABLE rooms ADD COLUMN waiting_since INTEGER;
    ALTER TABLE rooms ADD COLUMN due_at INTEGER;
    ALTER TABLE rooms ADD COLUMN list INTEGER
      AS (CASE WHEN status <> 1 AND snoozed_until IS NOT NULL THEN 4 ELSE status END) VIRTUAL;
    ALTER TABLE rooms ADD COLUMN is_open INTEGER AS (status IN (0, 3) AND snoozed_until IS NULL) VIRTUAL;
    ALTER TABLE rooms ADD COLUMN waits INTEGER AS (waiting_since IS NOT NULL) VIRTUAL;
    ALTER TABLE rooms ADD COLUMN assigned INTEGER AS (assignee IS NOT NULL) VIRTUAL;
    ALTER TABLE rooms ADD COLUMN teamed INTEGER AS (team IS NOT NULL) VIRTUAL;

    UPDATE rooms SET waiting_since = (
      SELECT created FROM messages WHERE room = rooms.key AND side = 0 AND kind = 0 AND seq > coalesce((
        SELECT seq FROM messages WHERE room = rooms.key
          AND (side = 1 AND kind = 0 AND details ->> '$.by' IS NOT 'bot' OR kind = 1 AND content = 'resolved')
        ORDER BY seq DESC LIMIT 1), 0)
      ORDER BY seq LIMIT 1)
    WHERE status = 0;

    DROP INDEX rooms_by_status;
    CREATE INDEX rooms_by_list ON rooms (admin, list, active);
    CREATE INDEX rooms_unassigned ON rooms (admin, waits, active) WHERE is_open AND assignee IS NULL;
    CREATE INDEX rooms_of_agent ON rooms (admin, assignee, waits, active) WHERE is_open AND assignee IS NOT NULL;
    CREATE INDEX rooms_of_team ON rooms (admin, team, waits, active) WHERE is_open AND team IS NOT NULL;
    CREATE INDEX rooms_waiting ON rooms (admin, assigned, teamed, waiting_since)
      WHERE is_open AND waiting_since IS NOT NULL;
    CREATE INDEX agent_waiting ON rooms (admin, assignee, waiting_since)
      WHERE is_open AND waiting_since IS NOT NULL AND assignee IS NOT NULL;
    CREATE INDEX team_waiting ON rooms (admin, team, assigned, waiting_since)
      WHERE is_open AND waiting_since IS NOT NULL AND team IS NOT NULL;
    CREATE INDEX rooms_snoozed ON rooms (admin, snoozed_until) WHERE list = 4;
    CREATE INDEX rooms_waking ON rooms (snoozed_until) WHERE snoozed_until IS NOT NULL;
    CREATE INDEX rooms_due ON rooms (due_at) WHERE due_at IS NOT NULL;

    CREATE TABLE room_labels (
      admin TEXT NOT NULL,
      label TEXT NOT NULL,
      at INTEGER NOT NULL,
      room INTEGER NOT NULL,
      PRIMARY KEY (admin, label, at, room)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE agent_loads (
      admin TEXT NOT NULL,
      agent TEXT NOT NULL,
      load INTEGER NOT NULL,
      PRIMARY KEY (admin, agent)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE room_counts ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE room_counts ADD COLUMN bot INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE room_counts ADD COLUMN snoozed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE room_counts ADD COLUMN unassigned INTEGER NOT NULL DEFAULT 0;
    UPDATE room_counts SET unassigned = open,
      waiting = (SELECT count(*) FROM rooms WHERE rooms.admin = room_counts.admin AND is_open AND waits);

    DROP TRIGGER room_made;
    DROP TRIGGER room_changed;
    DROP TRIGGER room_gone;
    CREATE TRIGGER room_made AFTER INSERT ON rooms BEGIN ${tally("+", "NEW")}
    END;
    CREATE TRIGGER room_changed
    AFTER UPDATE OF status, head, read_admin, snoozed_until, waiting_since, assignee ON rooms
    WHEN ${changed("row.list", "row.head > row.read_admin", "row.waits", "row.assigned")}
    BEGIN ${tally("-", "OLD")} ${tally("+", "NEW")}
    END;
    CREATE TRIGGER room_reassigned AFTER UPDATE OF status, snoozed_until, assignee ON rooms
    WHEN ${changed("row.is_open", "row.assignee")}
    BEGIN ${unload}
      INSERT INTO agent_loads SELECT NEW.admin, NEW.assignee, 1 WHERE NEW.is_open AND NEW.assigned
      ON CONFLICT DO UPDATE SET load = load + 1;
    END;
    CREATE TRIGGER room_relabelled AFTER UPDATE OF labels ON rooms
    WHEN ${changed("row.labels")}
    BEGIN ${unlabel}
      INSERT INTO room_labels SELECT NEW.admin, value ->> 0, value ->> 1, NEW.key FROM json_each(NEW.labels)
      WHERE NEW.labels IS NOT NULL;
    END;
    CREATE TRIGGER room_gone AFTER DELETE ON rooms BEGIN ${tally("-", "OLD")} ${unload} ${unlabel}
    END;
  `,
};
