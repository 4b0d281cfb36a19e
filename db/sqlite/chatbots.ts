import type { DatabaseSync } from "node:sqlite";
import type { Policy, Store } from "../store.ts";
import { withoutNulls } from "./nulls.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

export function chatbots(
  db: DatabaseSync,
  queue: WriteQueue,
): Pick<Store, "chatbot" | "saveChatbot" | "policies"> {
  const find = db.prepare("SELECT settings, updated FROM chatbots WHERE username = ?");
  const update = db.prepare("UPDATE chatbots SET settings = ?, updated = ? WHERE username = ?");
  const insert = db.prepare("INSERT INTO chatbots (settings, updated, username) VALUES (?, ?, ?)");
  const policy = db.prepare(`SELECT
    (SELECT id FROM accounts WHERE username = :username AND deleted IS NULL) AS account,
    (SELECT updated FROM chatbots WHERE username = :username) AS updated,
    (SELECT value FROM kept WHERE name = :secretName) AS secret`);

  return {
    policies: (asked) => reading(() => asked.map((one) => withoutNulls<Policy>(policy.get({ ...one }))!)),
    chatbot: (username) =>
      reading(() => {
        const row = find.get(username) as { settings: string; updated: number } | undefined;
        return row && { settings: JSON.parse(row.settings), updated: row.updated };
      }),
    async saveChatbot(username, settings, at) {
      const text = JSON.stringify(settings);
      const created = await queue.write(() => {
        if (update.run(text, at, username).changes) return false;
        insert.run(text, at, username);
        return true;
      });
      return { created };
    },
  };
}
