import type { Migration } from "./migration.ts";

const isOpen = "(status IN ('open', 'waiting') AND snoozed_until IS NULL)";
const list = "(CASE WHEN status <> 'resolved' AND snoozed_until IS NOT NULL THEN 'snoozed' ELSE status END)";
const waits = "((waiting_since IS NOT NULL)::int)";
const assigned = "((assignee IS NOT NULL)::int)";
const teamed = "((team IS NOT NULL)::int)";

/** What each counter of an inbox counts. */
const counted = {
  open: isOpen,
  resolved: "status = 'resolved'",
  unread: "head > read_admin",
  waiting: `${isOpen} AND waiting_since IS NOT NULL`,
  bot: `${list} = 'bot'`,
  snoozed: `${list} = 'snoozed'`,
  unassigned: `${isOpen} AND assignee IS NULL`,
};
const counters = Object.keys(counted);
const sums = counters.map((of) => `sum(${of})`);

/** The changes of the counters of admins by the rooms of a transition table. */
const changes = (rooms: string, sign: "" | "-") => `
        SELECT admin, ${
  Object.entries(counted).map(([of, is]) => `${sign}(${is})::int AS ${of}`).join(", ")
} FROM ${rooms}`;
const loads = (rooms: string, load: 1 | -1) =>
  `SELECT admin, assignee, ${load} AS load FROM ${rooms} WHERE assignee IS NOT NULL AND ${isOpen}`;
const isAssigned = (rooms: string) => `EXISTS (SELECT FROM ${rooms} WHERE assignee IS NOT NULL)`;

/**
 * Replaces the function of a statement-level trigger. Rows are updated in order of the names, so that concurrent
 * transactions do not deadlock.
 */
function countedBy(what: "INSERT" | "UPDATE" | "DELETE"): string {
  const tables = [
    ...what === "INSERT" ? [] : [["old_rooms", "-", -1] as const],
    ...what === "DELETE" ? [] : [["new_rooms", "", 1] as const],
  ];
  return `
    CREATE OR REPLACE FUNCTION count_after_${what}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO room_counts AS counts (admin, stripe, ${counters.join(", ")})
      SELECT admin, pg_backend_pid() % 16, ${sums.join(", ")}
      FROM (${tables.map(([rooms, sign]) => changes(rooms, sign)).join(" UNION ALL ")}) AS changes
      GROUP BY admin HAVING ${sums.map((sum) => `${sum} <> 0`).join(" OR ")} ORDER BY admin
      ON CONFLICT (admin, stripe) DO UPDATE SET ${
    counters.map((of) => `${of} = counts.${of} + excluded.${of}`).join(", ")
  };
      IF ${tables.map(([rooms]) => isAssigned(rooms)).join(" OR ")} THEN
        INSERT INTO agent_loads AS loads (admin, agent, stripe, load)
        SELECT admin, assignee, pg_backend_pid() % 16, sum(load)
        FROM (${tables.map(([rooms, , by]) => loads(rooms, by)).join(" UNION ALL ")}) AS changes
        GROUP BY admin, assignee HAVING sum(load) <> 0 ORDER BY admin, assignee
        ON CONFLICT (admin, agent, stripe) DO UPDATE SET load = loads.load + excluded.load;
      END IF;
      RETURN NULL;
    END $$;`;
}

/**
 * A team's state of a room: assignee, team, labels as JSON pairs of id and time, and since when the visitor
 * waits.
 *
 * The indexes are the lists of the boxes. Those that most rooms are in are few and split by flags, so that one
 * entry serves several boxes: a message of a workspace without a team writes two more entries at most. Flags
 * are numbers, since the planner would rewrite a condition on a truth value. Label lists are ordered by the time
 * of labelling: a message moves nothing there. An agent's load is the sum of up to 16 rows, as counters are.
 */
export const desk: Migration = {
  name: "desk",
  sql: `
    ALTER TABLE rooms ADD COLUMN assignee text COLLATE "C", ADD COLUMN team text COLLATE "C",
      ADD COLUMN labels text, ADD COLUMN snoozed_until bigint, ADD COLUMN waiting_since bigint,
      ADD COLUMN due_at bigint;
    UPDATE rooms SET waiting_since = waiting.created FROM (
      SELECT open.key, first.created FROM rooms AS open, LATERAL (
        SELECT coalesce((SELECT seq FROM messages WHERE room = open.key
          AND (side = 'admin' AND kind = 'text' AND details ->> 'by' IS DISTINCT FROM 'bot'
            OR kind = 'status' AND content = 'resolved')
          ORDER BY seq DESC LIMIT 1), 0) AS seq) AS answered, LATERAL (
        SELECT created FROM messages WHERE room = open.key AND seq > answered.seq AND side = 'visitor'
          AND kind = 'text' ORDER BY seq LIMIT 1) AS first
      WHERE open.status = 'open') AS waiting
    WHERE rooms.key = waiting.key;

    DROP INDEX rooms_by_status;
    CREATE INDEX rooms_by_list ON rooms (admin, ${list}, active, key);
    CREATE INDEX rooms_unassigned ON rooms (admin, ${waits}, active, key) WHERE ${isOpen} AND assignee IS NULL;
    CREATE INDEX rooms_of_agent ON rooms (admin, assignee, ${waits}, active, key)
      WHERE ${isOpen} AND assignee IS NOT NULL;
    CREATE INDEX rooms_of_team ON rooms (admin, team, ${waits}, active, key) WHERE ${isOpen} AND team IS NOT NULL;
    CREATE INDEX rooms_waiting ON rooms (admin, ${assigned}, ${teamed}, waiting_since, key)
      WHERE ${isOpen} AND waiting_since IS NOT NULL;
    CREATE INDEX agent_waiting ON rooms (admin, assignee, waiting_since, key)
      WHERE ${isOpen} AND waiting_since IS NOT NULL AND assignee IS NOT NULL;
    CREATE INDEX team_waiting ON rooms (admin, team, ${assigned}, waiting_since, key)
      WHERE ${isOpen} AND waiting_since IS NOT NULL AND team IS NOT NULL;
    CREATE INDEX rooms_snoozed ON rooms (admin, snoozed_until, key) WHERE ${list} = 'snoozed';
    CREATE INDEX rooms_waking ON rooms (snoozed_until, key) WHERE snoozed_until IS NOT NULL;
    CREATE INDEX rooms_due ON rooms (due_at, key) WHERE due_at IS NOT NULL;

    CREATE TABLE room_labels (
      admin text COLLATE "C" NOT NULL,
      label text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      room bigint NOT NULL,
      PRIMARY KEY (admin, label, at, room)
    );
    CREATE INDEX labels_of_room ON room_labels (room);
    CREATE FUNCTION follow_labels() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      DELETE FROM room_labels WHERE room = OLD.key;
      IF TG_OP = 'UPDATE' THEN
        INSERT INTO room_labels (admin, label, at, room)
        SELECT NEW.admin, pair ->> 0, (pair ->> 1)::bigint, NEW.key
        FROM json_array_elements(NEW.labels::json) AS pair;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER room_relabelled AFTER UPDATE OF labels ON rooms
      FOR EACH ROW WHEN (OLD.labels IS DISTINCT FROM NEW.labels) EXECUTE FUNCTION follow_labels();
    CREATE TRIGGER room_unlabelled AFTER DELETE ON rooms
      FOR EACH ROW WHEN (OLD.labels IS NOT NULL) EXECUTE FUNCTION follow_labels();

    CREATE TABLE agent_loads (
      admin text COLLATE "C" NOT NULL,
      agent text COLLATE "C" NOT NULL,
      stripe integer NOT NULL,
      load bigint NOT NULL,
      PRIMARY KEY (admin, agent, stripe)
    );
    ALTER TABLE room_counts ADD COLUMN waiting bigint NOT NULL DEFAULT 0, ADD COLUMN bot bigint NOT NULL DEFAULT 0,
      ADD COLUMN snoozed bigint NOT NULL DEFAULT 0, ADD COLUMN unassigned bigint NOT NULL DEFAULT 0;
    UPDATE room_counts SET unassigned = open;
    INSERT INTO room_counts (admin, stripe, open, resolved, unread, waiting)
      SELECT admin, 0, 0, 0, 0, count(*) FROM rooms WHERE ${isOpen} AND waiting_since IS NOT NULL GROUP BY admin
      ON CONFLICT (admin, stripe) DO UPDATE SET waiting = excluded.waiting;
    ${countedBy("INSERT")}
    ${countedBy("UPDATE")}
    ${countedBy("DELETE")}
  `,
};
