import { nameOf } from "../room_name.ts";
import type { RoomKey, Store } from "../store.ts";
import type { RoomCounts } from "../visitor_store.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";
import { type Transaction, transaction } from "./transaction.ts";

/** Messages, and rooms, that one transaction removes: far less than a statement's time. */
const messagesAtOnce = 2_000, roomsAtOnce = 200;

const ofVisitor = ["visitors", "claims"];
const ofAccount = {
  admin: ["visitors", "claims"],
  username: ["chatbots", "sessions", "pushes"],
};

/**
 * A room goes in two steps: its row in one transaction, from which on nobody sees any of it, then its messages, many
 * small transactions long. What a crash leaves over between them is removed at the next start.
 */
export function forgetting(
  link: Link,
): Pick<Store, "forgetVisitor" | "forgetAccount" | "releaseName"> & { finish(): Promise<void> } {
  async function finish(): Promise<void> {
    while (await link.repeatable(emptySome));
  }

  return {
    finish,
    async forgetVisitor(key) {
      let wasThere = false;
      const found = await link.repeatable(async (sql, isAgain) => {
        if (!isAgain) wasThere = await isKnown(sql, key);
        return await transaction(sql, (sql) => dropVisitor(sql, key));
      });
      await finish();
      return found || wasThere;
    },
    async forgetAccount(username, at = Date.now()) {
      await forgetAll(
        username,
        (sql) =>
          sql`UPDATE accounts SET id = '', password = '', email = NULL, deleted = ${at}
          WHERE username = ${username} AND deleted IS NULL`,
      );
    },
    async releaseName(username) {
      const [reserved] = await link.read((sql) =>
        sql`SELECT FROM accounts WHERE username = ${username} AND deleted IS NOT NULL`
      );
      if (!reserved) return false;
      await forgetAll(
        username,
        (sql) => sql`DELETE FROM accounts WHERE username = ${username} AND deleted IS NOT NULL`,
      );
      return true;
    },
  };

  /** Removes all that is written under a name; `then` belongs to the last transaction of it. */
  async function forgetAll(
    username: string,
    then: (sql: Transaction) => PromiseLike<unknown>,
  ): Promise<void> {
    while (await link.transaction((sql) => doomSome(sql, username)));
    await link.transaction(async (sql) => {
      await dropAllOf(sql, username);
      await then(sql);
    });
    await finish();
  }
}

/** Whether there is anything of a visitor; asked before it goes, since the answer to that may be lost. */
async function isKnown(sql: Sql, { admin, consumer }: RoomKey): Promise<boolean> {
  const [row] = await sql`
    SELECT EXISTS (SELECT FROM rooms WHERE admin || ' ' || consumer = ${nameOf({ admin, consumer })})
      OR EXISTS (SELECT FROM visitors WHERE admin = ${admin} AND consumer = ${consumer})
      OR EXISTS (SELECT FROM claims WHERE admin = ${admin} AND consumer = ${consumer}) AS known`;
  return row!.known;
}

async function dropVisitor(sql: Transaction, key: RoomKey): Promise<boolean> {
  const { count: rooms } = await sql`
    WITH gone AS (DELETE FROM rooms WHERE admin || ' ' || consumer = ${nameOf(key)} RETURNING key)
    INSERT INTO doomed SELECT key FROM gone`;
  const known = await Promise.all(
    ofVisitor.map((table) =>
      sql`DELETE FROM ${sql(table)} WHERE admin = ${key.admin} AND consumer = ${key.consumer}`
    ),
  );
  return rooms > 0 || known.some(({ count }) => count > 0);
}

/** Dooms some of an account's rooms; answers whether there may be more. */
async function doomSome(sql: Transaction, username: string): Promise<boolean> {
  const { count } = await sql`
    WITH few AS (SELECT key FROM rooms WHERE admin = ${username} ORDER BY key LIMIT ${roomsAtOnce} FOR UPDATE),
      gone AS (DELETE FROM rooms WHERE key IN (SELECT key FROM few) RETURNING key)
    INSERT INTO doomed SELECT key FROM gone`;
  return count === roomsAtOnce;
}

async function dropAllOf(sql: Transaction, username: string): Promise<void> {
  while (await doomSome(sql, username));
  for (const [column, tables] of Object.entries(ofAccount)) {
    for (const table of tables) await sql`DELETE FROM ${sql(table)} WHERE ${sql(column)} = ${username}`;
  }
  await dropCounts(sql, username);
}

/** Removes an account's counts where they come to nothing. Others count rooms that were made in this moment. */
async function dropCounts(sql: Transaction, username: string): Promise<void> {
  const stripes = await sql<({ stripe: number } & RoomCounts)[]>`
    SELECT stripe, open, resolved, unread FROM room_counts WHERE admin = ${username} ORDER BY stripe FOR UPDATE`;
  const sumOf = (of: keyof RoomCounts) => stripes.reduce((sum, counts) => sum + counts[of], 0);
  if (sumOf("open") !== 0 || sumOf("resolved") !== 0 || sumOf("unread") !== 0) return;
  const these = `{${stripes.map(({ stripe }) => stripe).join()}}`;
  await sql`DELETE FROM room_counts WHERE admin = ${username} AND stripe = ANY(${these}::integer[])`;
}

/** Removes some messages of rooms that are gone; answers whether there may be more. */
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
