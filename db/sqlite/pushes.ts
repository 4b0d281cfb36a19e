import type { DatabaseSync } from "node:sqlite";
import type { PushAddress, PushStore } from "../push_store.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

const columns = "username, endpoint, p256dh, auth, created";
const mostOfOne = 20;

export function pushes(db: DatabaseSync, queue: WriteQueue): PushStore {
  const save = db.prepare(`INSERT OR REPLACE INTO pushes (${columns}) VALUES (?, ?, ?, ?, ?)`);
  const trim = db.prepare(`DELETE FROM pushes WHERE endpoint IN (
    SELECT endpoint FROM pushes WHERE username = ? ORDER BY created DESC, endpoint LIMIT -1 OFFSET ${mostOfOne})`);
  const list = db.prepare(`SELECT ${columns} FROM pushes WHERE username = ? ORDER BY created DESC, endpoint`);
  const drop = db.prepare("DELETE FROM pushes WHERE username = ? AND endpoint = ?");

  return {
    async savePush({ username, endpoint, p256dh, auth, created }) {
      await queue.write(() => {
        save.run(username, endpoint, p256dh, auth, created);
        trim.run(username);
      });
    },
    pushes: (username) =>
      reading(() => list.all(username).map((row) => ({ ...row }) as unknown as PushAddress)),
    async dropPush(username, endpoint) {
      await queue.write(() => drop.run(username, endpoint));
    },
  };
}
