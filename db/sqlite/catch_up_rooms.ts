import type { DatabaseSync } from "node:sqlite";
import { rollBack } from "./roll_back.ts";

/**
 * Updates the rows of rooms from messages that are newer than the rows. Those are texts that did not change the
 * room's status: a row is never older than its status. Call inside a transaction.
 */
export function catchUpRooms(db: DatabaseSync): void {
  db.exec(`
    UPDATE rooms SET head = newer.head, active = max(rooms.active, newer.active),
      read_visitor = max(read_visitor, newer.by_visitor), read_admin = max(read_admin, newer.by_admin),
      waiting_since = coalesce(iif(newer.answered > rooms.head, NULL, waiting_since), ${firstUnanswered}),
      snoozed_until = iif(newer.asked > rooms.head, NULL, snoozed_until)
    FROM (
      SELECT room, max(seq) AS head, max(created) AS active,
        max(iif(side = 0 AND kind <> 2, seq, 0)) AS by_visitor,
        max(iif(side = 1 AND kind <> 2 AND NOT (kind = 1 AND details ->> '$.by' IS 'bot'), seq, 0)) AS by_admin,
        max(iif(side = 0 AND kind = 0, seq, 0)) AS asked,
        max(iif(side = 1 AND kind = 0 AND details ->> '$.by' IS NOT 'bot', seq, 0)) AS answered
      FROM messages WHERE key > (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'settled') GROUP BY room
    ) AS newer
    WHERE rooms.key = newer.room AND newer.head > rooms.head`);
  const { last } = db.prepare("SELECT coalesce(max(key), 0) AS last FROM messages").get()!;
  noteSettled(db, last as number);
}

/** Time of the visitor's first text that is newer than the row and than the last answer of a person. */
const firstUnanswered = `iif(status IN (0, 3), (
        SELECT created FROM messages WHERE room = rooms.key AND side = 0 AND kind = 0
          AND seq > max(rooms.head, newer.answered) ORDER BY seq LIMIT 1), NULL)`;

/** Updates outdated room rows at startup, after a clean stop or a crash. */
export function settleRooms(db: DatabaseSync): void {
  const behind =
    "SELECT 1 FROM messages WHERE key > (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'settled')";
  if (!db.prepare(`${behind} LIMIT 1`).get()) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    catchUpRooms(db);
    db.exec("COMMIT");
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** Records that the rows of rooms include all messages up to this key. */
export function noteSettled(db: DatabaseSync, key: number): void {
  db.prepare("UPDATE meta SET value = ? WHERE name = 'settled'").run(String(key));
}
