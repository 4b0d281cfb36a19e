import type { Link } from "./link.ts";
import { transaction } from "./transaction.ts";

/** Thrown to roll back the probe's writes. */
const undo = new Error("undo");

/**
 * Tests that the database accepts writes: runs the statements of an append on a room with an invalid name and
 * rolls them back, then commits a small write.
 * @throws {Unavailable}
 */
export async function probe(link: Link): Promise<void> {
  await link.run(async (sql) => {
    await transaction(sql, async (sql) => {
      const [room] = await sql`
        INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
        VALUES (gen_random_uuid()::text, ' probe', gen_random_uuid()::text, 'open', 0, 0, 0, 0, 0) RETURNING key`;
      await sql`
        INSERT INTO messages (room, seq, admin, side, kind, created, content, words)
        VALUES (${room!.key}, 1, ' probe', 'visitor', 'text', 0, 'probe', 'probe'::tsvector)`;
      await sql`UPDATE rooms SET head = 1 WHERE key = ${room!.key}`;
      throw undo;
    }).catch((error) => error === undo || Promise.reject(error));
    await sql`UPDATE meta SET touched = touched`;
  });
}
