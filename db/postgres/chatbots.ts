import type { Store } from "../store.ts";
import type { Link } from "./link.ts";

export function chatbots(link: Link): Pick<Store, "chatbot" | "saveChatbot"> {
  return {
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
