import { DatabaseSync } from "node:sqlite";
import { sqliteMigrations } from "../migrations/sqlite.ts";
import { checksumOf } from "./checksum.ts";
import type { MessageRow } from "./message_row.ts";
import { versionOf } from "./migrate.ts";
import { damagedRecords } from "./record_check.ts";
import { missingFromSearch } from "./search_check.ts";
import { isEngineError } from "./engine_errors.ts";

/** Invariants between rows. Each query returns one line per violation. */
const rules: [what: string, broken: string][] = [
  [
    // The row of a room may be behind its newest messages, see deferred_room_rows.ts.
    "a room's messages are numbered 1, 2, 3 … up to its head, but for those that its row need not know of yet",
    `SELECT r.admin || ' ' || r.consumer || ': head ' || r.head || ', ' || count(m.seq) || ' messages, '
       || coalesce(min(m.seq), '-') || ' to ' || coalesce(max(m.seq), '-')
     FROM rooms r LEFT JOIN messages m ON m.room = r.key GROUP BY r.key
     HAVING coalesce(min(m.seq), 1) <> 1 OR coalesce(max(m.seq), 0) <> count(m.seq) OR r.head > count(m.seq)
       OR r.head < sum(m.key <= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'settled'))`,
  ],
  [
    // A room into which others were merged contains their messages, with their times, after its own.
    "a room's times do not run back",
    `SELECT r.admin || ' ' || r.consumer || ': message ' || next.seq
     FROM messages m JOIN messages next ON next.room = m.room AND next.seq = m.seq + 1 AND next.created < m.created
     JOIN rooms r ON r.key = m.room
     WHERE NOT EXISTS (SELECT 1 FROM records WHERE collection = 'aliases' AND json_valid(value)
       AND value ->> 'admin' = r.admin AND value ->> 'into' = r.consumer)`,
  ],
  [
    "a message is in a room, or in one that is being removed",
    `SELECT 'message ' || m.key FROM messages m
     WHERE m.room NOT IN (SELECT key FROM rooms) AND m.room NOT IN (SELECT room FROM doomed)`,
  ],
  [
    "a client's id leads to its message",
    `SELECT 'room ' || s.room || ', message ' || s.seq FROM sent s
     LEFT JOIN messages m ON m.room = s.room AND m.seq = s.seq AND m.client_id = s.client_id AND m.side = s.side
     WHERE m.key IS NULL
     UNION ALL
     SELECT 'room ' || m.room || ', message ' || m.seq FROM messages m
     LEFT JOIN sent s ON s.client_id = m.client_id AND s.room = m.room AND s.side = m.side AND s.seq = m.seq
     WHERE m.client_id IS NOT NULL AND s.seq IS NULL`,
  ],
  [
    "nobody has read further than the head",
    `SELECT admin || ' ' || consumer FROM rooms WHERE read_admin > head OR read_visitor > head`,
  ],
  [
    "the counts of an inbox are those of its rooms",
    `SELECT coalesce(a.admin, b.admin) FROM
       (SELECT * FROM room_counts WHERE open + resolved + bot + snoozed > 0) a
     FULL JOIN (SELECT admin, sum(is_open) AS open, sum(list = 1) AS resolved, sum(head > read_admin) AS unread,
         sum(is_open AND waits) AS waiting, sum(list = 2) AS bot, sum(list = 4) AS snoozed,
         sum(is_open AND NOT assigned) AS unassigned
       FROM rooms GROUP BY admin) b ON a.admin = b.admin
     WHERE (a.open, a.resolved, a.unread, a.waiting, a.bot, a.snoozed, a.unassigned)
       IS NOT (b.open, b.resolved, b.unread, b.waiting, b.bot, b.snoozed, b.unassigned)`,
  ],
  [
    "the load of an agent is that of its rooms",
    `SELECT coalesce(a.admin, b.admin) || ' ' || coalesce(a.agent, b.agent) FROM
       (SELECT admin, agent, load FROM agent_loads WHERE load <> 0) a
     FULL JOIN (SELECT admin, assignee AS agent, count(*) AS load FROM rooms
       WHERE is_open AND assigned GROUP BY admin, assignee) b ON a.admin = b.admin AND a.agent = b.agent
     WHERE a.load IS NOT b.load`,
  ],
  [
    "the list of a label is the rooms that have it",
    `SELECT admin || ' ' || label FROM (
       SELECT admin, label, at, room, 1 AS n FROM room_labels
       UNION ALL SELECT admin, value ->> 0, value ->> 1, rooms.key, -1 FROM rooms, json_each(labels)
       WHERE labels IS NOT NULL)
     GROUP BY admin, label, at, room HAVING sum(n) <> 0`,
  ],
  [
    "a visitor waits in open rooms alone",
    `SELECT admin || ' ' || consumer FROM rooms WHERE waits AND status NOT IN (0, 3)`,
  ],
  [
    "what every database has is there",
    `SELECT 'no ' || name FROM (SELECT 'epoch' AS name UNION SELECT 'settled')
     WHERE name NOT IN (SELECT name FROM meta WHERE value <> '')`,
  ],
  [
    "a room is an account's",
    `SELECT admin FROM (SELECT DISTINCT admin FROM rooms) WHERE admin NOT IN
       (SELECT value ->> 'username' FROM records WHERE collection = 'accounts' AND json_valid(value))
     AND EXISTS (SELECT 1 FROM meta WHERE name = 'accounts')`,
  ],
];
/** Maximum lines per rule: one fault may violate it in every room. */
const mostLines = 20;

export interface Checked {
  /** Version of the schema. */
  version: number;
  rooms: number;
  messages: number;
  /** One line per problem. */
  problems: string[];
}

/**
 * Checks a snapshot of the whole database. The service may run at the same time.
 * @throws SQLite's error if the file is not a database
 */
export function checkDatabase(path: string): Checked {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  try {
    db.exec("BEGIN");
    const version = versionOf(db);
    if (version !== sqliteMigrations.length) {
      const problems = [...engineProblems(db), ...versionProblems(version)];
      return { version, rooms: 0, messages: 0, problems };
    }
    const count = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()!.n as number;
    const problems = [
      ...engineProblems(db),
      ...rules.flatMap((rule) => read(() => broken(db, rule))),
      ...read(() => [...damagedRecords(db)].slice(0, mostLines)),
      ...read(() => damagedMessages(db)),
      ...read(() => missingFromSearch(db, path)),
    ];
    return { version, rooms: count("rooms"), messages: count("messages"), problems };
  } finally {
    db.close();
  }
}

/** SQLite's integrity check: pages, and each index against its rows. */
function engineProblems(db: DatabaseSync): string[] {
  const lines = db.prepare(`PRAGMA integrity_check(${mostLines})`).all().map((row) =>
    String(row.integrity_check)
  );
  return lines.length === 1 && lines[0] === "ok" ? [] : lines;
}

/** The service migrates an older schema at startup; the rows can be checked after that. */
function versionProblems(version: number): string[] {
  if (version === 0) return ["it is not one of Parlor's"];
  return version > sqliteMigrations.length ? [`its schema is version ${version}, of a newer Parlor`] : [];
}

/** Returns the problems found, or one line if the engine cannot read that part. */
function read(work: () => string[]): string[] {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return [`cannot be read: ${(error as Error).message}`];
  }
}

/**
 * Messages whose checksum does not match. Rows written before checksums were added have none and are skipped.
 */
function damagedMessages(db: DatabaseSync): string[] {
  const page = db.prepare(
    `SELECT key, room, seq, side, kind, created, content, client_id, details, checksum FROM messages
    WHERE key > ? ORDER BY key LIMIT 1000`,
  );
  const lines: string[] = [];
  for (let rows, last = Number.MIN_SAFE_INTEGER; lines.length < mostLines; last = rows.at(-1)!.key) {
    rows = page.all(
      last,
    ) as unknown as (MessageRow & { key: number; room: number; checksum: number | null })[];
    if (rows.length === 0) break;
    for (const { room, checksum, ...row } of rows) {
      if (checksum === null || checksum === checksumOf(room, row)) continue;
      lines.push(`not so: a message is as it was written (room ${room}, message ${row.seq})`);
    }
  }
  return lines.slice(0, mostLines);
}

function broken(db: DatabaseSync, [what, sql]: [string, string]): string[] {
  const lines = db.prepare(`${sql} LIMIT ${mostLines}`).all().map((row) => Object.values(row)[0]);
  return lines.map((line) => `not so: ${what} (${line})`);
}
