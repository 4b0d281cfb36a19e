import { newAttemptId } from "../attempt_id.ts";
import type { RoomErasure } from "../collections/erasure.ts";
import { checkCommit } from "../records.ts";
import { nameOf } from "../room_key.ts";
import type { RoomKey } from "../store.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";
import { commitIn } from "./records.ts";
import { findRoom } from "./rooms.ts";
import { type Transaction, transaction } from "./transaction.ts";

/** Messages and rooms deleted per transaction, far below the statement timeout. */
const messagesAtOnce = 2_000, roomsAtOnce = 200;

/**
 * Deletes a room in two steps: first its row, which makes it invisible, then its messages in many small
 * transactions. Messages left by a crash are deleted at the next start.
 */
export function forgetting(
  link: Link,
): RoomErasure & { finish(): Promise<void> } {
  async function finish(): Promise<void> {
    while (await link.repeatable(emptySome));
  }

  return {
    finish,
    async removeRoom(key, names) {
      const change = checkCommit({ delete: names }), version = newAttemptId();
      let wasThere = false;
      const found = await link.repeatable(async (sql, isAgain) => {
        // Read before the deletion: if the connection is lost, a retry cannot tell whether the room existed.
        if (!isAgain) wasThere = await findRoom(sql, key) !== undefined;
        return await transaction(sql, async (sql) => {
          await commitIn(sql, change, version);
          return await doomRoom(sql, key);
        });
      });
      await finish();
      return found || wasThere;
    },
    async removeRooms(admin, last) {
      const change = checkCommit(last), version = newAttemptId();
      while (await link.transaction((sql) => doomSome(sql, admin)));
      const isMade = await link.transaction(async (sql) => {
        while (await doomSome(sql, admin));
        await dropCounts(sql, admin);
        return await commitIn(sql, change, version);
      });
      await finish();
      return isMade;
    },
  };
}

async function doomRoom(sql: Transaction, key: RoomKey): Promise<boolean> {
  const { count } = await sql`
    WITH gone AS (DELETE FROM rooms WHERE admin || ' ' || consumer = ${nameOf(key)} RETURNING key)
    INSERT INTO doomed SELECT key FROM gone`;
  return count > 0;
}

/** Deletes the rows of some rooms of an account; returns whether more may exist. */
async function doomSome(sql: Transaction, username: string): Promise<boolean> {
  const { count } = await sql`
    WITH few AS (SELECT key FROM rooms WHERE admin = ${username} ORDER BY key LIMIT ${roomsAtOnce} FOR UPDATE),
      gone AS (DELETE FROM rooms WHERE key IN (SELECT key FROM few) RETURNING key)
    INSERT INTO doomed SELECT key FROM gone`;
  return count === roomsAtOnce;
}

/**
 * Deletes an account's counters if their sums are zero. Other values count rooms created at the same time.
 */
async function dropCounts(sql: Transaction, username: string): Promise<void> {
  const stripes = await sql<{ stripe: number; rooms: number }[]>`
    SELECT stripe, open + resolved + bot + snoozed AS rooms FROM room_counts WHERE admin = ${username}
    ORDER BY stripe FOR UPDATE`;
  if (stripes.reduce((sum, { rooms }) => sum + rooms, 0) !== 0) return;
  const these = `{${stripes.map(({ stripe }) => stripe).join()}}`;
  await sql`DELETE FROM room_counts WHERE admin = ${username} AND stripe = ANY(${these}::integer[])`;
  await sql`DELETE FROM agent_loads WHERE admin = ${username}`;
}

/** Deletes some messages of deleted rooms; returns whether more may exist. */
async function emptySome(sql: Sql): Promise<boolean> {
  const rooms = (await sql`SELECT room FROM doomed ORDER BY room LIMIT ${roomsAtOnce}`).map((row) =>
    row.room as number
  );
  if (rooms.length === 0) return false;
  const these = sql`json_array_elements_text(${JSON.stringify(rooms)}::text::json) AS these(room)`;
  const { count } = await sql`
    WITH few AS (
      SELECT found.room, found.seq FROM ${these}, LATERAL (
        SELECT room, seq FROM messages WHERE room = these.room::bigint ORDER BY seq LIMIT ${messagesAtOnce}) AS found
      LIMIT ${messagesAtOnce})
    DELETE FROM messages USING few WHERE messages.room = few.room AND messages.seq = few.seq`;
  await sql`
    DELETE FROM doomed USING ${these} WHERE doomed.room = these.room::bigint
      AND NOT EXISTS (SELECT FROM messages WHERE room = doomed.room)`;
  return count > 0 || rooms.length === roomsAtOnce;
}
