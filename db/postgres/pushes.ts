import type { PushAddress, PushStore } from "../push_store.ts";
import type { Link } from "./link.ts";
import { transaction } from "./transaction.ts";

const mostOfOne = 20;

export function pushes(link: Link): PushStore {
  return {
    async savePush({ username, endpoint, p256dh, auth, created }) {
      await link.repeatable((sql) =>
        transaction(sql, async (sql) => {
          await sql`INSERT INTO pushes (endpoint, username, p256dh, auth, created)
          VALUES (${endpoint}, ${username}, ${p256dh}, ${auth}, ${created})
          ON CONFLICT (endpoint) DO UPDATE SET username = excluded.username, p256dh = excluded.p256dh,
            auth = excluded.auth, created = excluded.created`;
          await sql`DELETE FROM pushes WHERE endpoint IN (
          SELECT endpoint FROM pushes WHERE username = ${username} ORDER BY created DESC, endpoint OFFSET ${mostOfOne})`;
        })
      );
    },
    async pushes(username) {
      return [
        ...await link.read((sql) =>
          sql<
            PushAddress[]
          >`SELECT username, endpoint, p256dh, auth, created FROM pushes WHERE username = ${username}
            ORDER BY created DESC, endpoint`
        ),
      ];
    },
    async dropPush(username, endpoint) {
      await link.repeatable((sql) =>
        sql`DELETE FROM pushes WHERE username = ${username} AND endpoint = ${endpoint}`
      );
    },
  };
}
