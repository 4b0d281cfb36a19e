import type { RoomKey } from "../store.ts";
import type { VisitorFacts, VisitorPatch, VisitorRecord, VisitorStore } from "../visitor_store.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";
import { findRoom } from "./rooms.ts";

export function visitors(link: Link): Pick<VisitorStore, "saveVisitor" | "visitor" | "visitors"> {
  return {
    async saveVisitor(key, patch, at) {
      await link.repeatable((sql) => saveFacts(sql, key, { patch, at }));
      return await link.read((sql) => findRoom(sql, key));
    },
    async visitor({ admin, consumer }) {
      const [row] = await link.read((sql) =>
        sql<{ facts: VisitorFacts; firstSeen: number; lastSeen: number }[]>`
          SELECT facts, first_seen AS "firstSeen", last_seen AS "lastSeen" FROM visitors
          WHERE admin = ${admin} AND consumer = ${consumer}`
      );
      return row &&
        { ...row.facts, firstSeen: row.firstSeen, lastSeen: row.lastSeen } satisfies VisitorRecord;
    },
    async visitors(admin, after = "", limit) {
      const rows = await link.read((sql) =>
        sql<{ consumer: string; facts: VisitorFacts; firstSeen: number; lastSeen: number }[]>`
          SELECT consumer, facts, first_seen AS "firstSeen", last_seen AS "lastSeen" FROM visitors
          WHERE admin = ${admin} AND consumer > ${after} ORDER BY consumer LIMIT ${limit}`
      );
      return rows.map(({ consumer, facts, firstSeen, lastSeen }) => ({
        consumer,
        visitor: { ...facts, firstSeen, lastSeen },
      }));
    },
  };
}

async function saveFacts(
  sql: Sql,
  { admin, consumer }: RoomKey,
  { patch, at }: { patch: VisitorPatch; at: number },
): Promise<void> {
  const facts = sql`${JSON.stringify(patch)}::text::jsonb`;
  await sql`
    INSERT INTO visitors AS known (admin, consumer, facts, first_seen, last_seen)
    VALUES (${admin}, ${consumer}, jsonb_strip_nulls(${facts}), ${at}, ${at})
    ON CONFLICT (admin, consumer) DO UPDATE SET facts = jsonb_strip_nulls(known.facts || ${facts}),
      last_seen = greatest(known.last_seen, excluded.last_seen)`;
}
