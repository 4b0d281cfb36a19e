import { DatabaseSync } from "node:sqlite";

/** History of one admin. The first room has `longest` messages; the others share the rest. */
export interface History {
  rooms: number;
  messages: number;
  longest: number;
}

/** Consumer of a room, by its number from 1. */
export const consumerOf = (room: number) => `visitor-${String(room).padStart(17, "0")}`;

const firstMs = Date.UTC(2025, 0, 1);

/** Writes a history directly into a migrated database that no program has open. The rooms alternate. */
export function seed(path: string, { rooms, messages, longest }: History): void {
  const db = new DatabaseSync(path);
  const each = Math.ceil((messages - longest) / (rooms - 1));
  db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
  db.prepare(`
    INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor, verified)
    SELECT format('%012d', value), 'asha', format('visitor-%017d', value), value % 2, :first, :first + value,
      iif(value = 1, :longest, :each), 0, 0, 0
    FROM ${upTo(":rooms")}`).run({ first: firstMs, longest, each, rooms });
  db.prepare(`
    INSERT INTO messages (room, seq, side, kind, created, content, client_id)
    SELECT rooms.key, value, value % 2, 0, :first + value, format('message %d ', value) || :padding, NULL
    FROM ${upTo(":longest")} CROSS JOIN rooms ON rooms.key BETWEEN 1 AND iif(value <= :each, :rooms, 1)
  `).run({ first: firstMs, padding: "x".repeat(64), longest, each, rooms });
  db.exec("COMMIT");
  db.close();
}

const upTo = (count: string) =>
  `(WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ${count})
    SELECT value FROM numbers)`;
