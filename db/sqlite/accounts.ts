import type { DatabaseSync } from "node:sqlite";
import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import { withoutNulls } from "./nulls.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

export function accounts(
  db: DatabaseSync,
  queue: WriteQueue,
): Pick<Store, "createAccount" | "account" | "setPassword"> {
  const insert = db.prepare("INSERT INTO accounts VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const find = db.prepare("SELECT username, password, email, created FROM accounts WHERE username = ?");
  const update = db.prepare("UPDATE accounts SET password = ? WHERE username = ?");

  return {
    async createAccount({ username, password, email, created }) {
      const made = await queue.write(() => insert.run(username, password, email ?? null, created).changes);
      if (!made) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    account: (username) => reading(() => withoutNulls<Account>(find.get(username))),
    async setPassword(username, password) {
      await queue.write(() => update.run(password, username));
    },
  };
}
