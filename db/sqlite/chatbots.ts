import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

export function chatbots(db: DatabaseSync, queue: WriteQueue): Pick<Store, "chatbot" | "saveChatbot"> {
  const find = db.prepare("SELECT settings, updated FROM chatbots WHERE username = ?");
  const update = db.prepare("UPDATE chatbots SET settings = ?, updated = ? WHERE username = ?");
  const insert = db.prepare("INSERT INTO chatbots (settings, updated, username) VALUES (?, ?, ?)");

  return {
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
