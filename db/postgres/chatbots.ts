import { withoutNulls } from "../sqlite/nulls.ts";
import type { Policy, Store } from "../store.ts";
import type { Link } from "./link.ts";

export function chatbots(link: Link): Pick<Store, "chatbot" | "saveChatbot" | "policies"> {
  return {
    async policies(asked) {
      const rows = await link.read((sql) =>
        sql`SELECT accounts.id AS account, chatbots.updated, kept.value AS secret
          FROM json_to_recordset(${
          JSON.stringify(asked.map((one, place) => ({ ...one, place })))
        }::text::json)
            AS w(username text, "secretName" text, place integer)
          LEFT JOIN accounts ON accounts.username = w.username AND accounts.deleted IS NULL
          LEFT JOIN chatbots ON chatbots.username = w.username
          LEFT JOIN kept ON kept.name = w."secretName" ORDER BY place`
      );
      return rows.map((row) => withoutNulls<Policy>(row)!);
    },
    async chatbot(username) {
      const [row] = await link.read((sql) =>
        sql`SELECT settings, updated FROM chatbots WHERE username = ${username}`
      );
      return row && { settings: JSON.parse(row.settings), updated: row.updated };
    },
    async saveChatbot(username, settings, at) {
      const text = JSON.stringify(settings);
      const [row] = await link.repeatable((sql) =>
        // A row that was there has a former version, and says so.
        sql`INSERT INTO chatbots (username, settings, updated) VALUES (${username}, ${text}, ${at})
          ON CONFLICT (username) DO UPDATE SET settings = excluded.settings, updated = excluded.updated
          RETURNING xmax = 0 AS created`
      );
      return { created: row!.created };
    },
  };
}
