import type { Session, Store } from "../store.ts";
import type { Link } from "./link.ts";
import { withoutNulls } from "../sqlite/nulls.ts";

const columns = "jti, username, created, expires, agent, address, ended";

export function sessions(
  link: Link,
): Pick<Store, "openSession" | "session" | "sessions" | "endSessions" | "endedSessions"> {
  return {
    async endedSessions(jtis) {
      const rows = await link.read((sql) =>
        sql`SELECT w.jti FROM json_array_elements_text(${JSON.stringify(jtis)}::text::json) AS w(jti)
          LEFT JOIN sessions ON sessions.jti = w.jti WHERE sessions.jti IS NULL OR sessions.ended IS NOT NULL`
      );
      return rows.map((row) => row.jti as string);
    },
    async openSession({ jti, username, created, expires, agent = null, address = null, ended = null }) {
      // An account's expired ones go when it signs in: no account's list grows for ever.
      await link.repeatable((sql) =>
        sql`WITH forgotten AS (DELETE FROM sessions WHERE username = ${username} AND expires < ${created})
          INSERT INTO sessions (${sql.unsafe(columns)})
          VALUES (${jti}, ${username}, ${created}, ${expires}, ${agent}, ${address}, ${ended})
          ON CONFLICT (jti) DO NOTHING`
      );
    },
    async session(jti) {
      const [row] = await link.read((sql) =>
        sql`SELECT ${sql.unsafe(columns)} FROM sessions WHERE jti = ${jti}`
      );
      return withoutNulls<Session>(row);
    },
    async sessions(username) {
      const rows = await link.read((sql) =>
        sql`SELECT ${sql.unsafe(columns)} FROM sessions WHERE username = ${username} AND ended IS NULL
          ORDER BY created DESC, jti DESC`
      );
      return rows.map((row) => withoutNulls<Session>(row));
    },
    async endSessions(username, at, { only = null, except = null } = {}) {
      const rows = await link.repeatable((sql, isAgain) =>
        sql`UPDATE sessions SET ended = ${at} WHERE username = ${username}
          AND (ended IS NULL OR (${isAgain}::boolean AND ended = ${at})) AND jti = coalesce(${only}::text, jti) AND jti IS DISTINCT FROM ${except} RETURNING jti`
      );
      return rows.map((row) => row.jti as string);
    },
  };
}
