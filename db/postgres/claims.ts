import { spentBefore, spentName, spentPrefix } from "../spent_name.ts";
import type { Store } from "../store.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";

type Claims = Pick<Store, "claimConsumer" | "keep" | "replace" | "unkeep" | "kept" | "spend">;

/** What belongs to whoever came first: a consumer id to its owner, a name to its value. */
export function claims(link: Link): Claims {
  return {
    claimConsumer: ({ admin, consumer }, owner, at) =>
      link.repeatable(async (sql) => {
        // Once more where the one that was there is forgotten between the two.
        for (
          let row;;
          [row] = await sql`SELECT owner FROM claims WHERE admin = ${admin} AND consumer = ${consumer}`
        ) {
          if (row) return row.owner === owner;
          await sql`INSERT INTO claims (admin, consumer, owner, claimed)
            VALUES (${admin}, ${consumer}, ${owner}, ${at}) ON CONFLICT DO NOTHING`;
        }
      }),
    keep: (name, value) => link.repeatable((sql) => keep(sql, name, value)),
    replace: (name, value) =>
      link.repeatable(async (sql) => {
        await sql`INSERT INTO kept (name, value) VALUES (${name}, ${value})
          ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
      }),
    unkeep: (name) =>
      link.repeatable(async (sql) => {
        await sql`DELETE FROM kept WHERE name = ${name}`;
      }),
    spend: (id, until, at) => {
      // Its own mark tells an attempt that is repeated from somebody else's.
      const mark = crypto.randomUUID();
      return link.repeatable(async (sql) => {
        await sql`DELETE FROM kept WHERE name >= ${spentPrefix} AND name < ${spentBefore(at)}`;
        return await keep(sql, spentName(id, until), mark) === mark;
      });
    },
    kept: (name) =>
      link.repeatable(async (sql) => {
        const [row] = await sql`SELECT value FROM kept WHERE name = ${name}`;
        return row?.value;
      }),
  };
}

async function keep(sql: Sql, name: string, value: string): Promise<string> {
  for (let row;; [row] = await sql`SELECT value FROM kept WHERE name = ${name}`) {
    if (row) return row.value;
    await sql`INSERT INTO kept (name, value) VALUES (${name}, ${value}) ON CONFLICT DO NOTHING`;
  }
}
