import type { DatabaseSync } from "node:sqlite";
import { newAccountId } from "../account_id.ts";
import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import { withoutNulls } from "./nulls.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

type Accounts = Pick<
  Store,
  "createAccount" | "account" | "setPassword" | "nameReservedSince" | "reserveName"
>;

/** A deleted account's row stays, without anything but its name, so that nobody can have that. */
export function accounts(db: DatabaseSync, queue: WriteQueue): Accounts {
  const insert = db.prepare(`INSERT INTO accounts (username, id, password, email, created, legacy, deleted)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const find = db.prepare(
    "SELECT username, id, password, email, created, legacy FROM accounts WHERE username = ? AND deleted IS NULL",
  );
  const update = db.prepare("UPDATE accounts SET password = ? WHERE username = ? AND deleted IS NULL");
  const reserved = db.prepare("SELECT deleted FROM accounts WHERE username = ? AND deleted IS NOT NULL");

  return {
    async createAccount({ username, id = newAccountId(), password, email, created, legacy }) {
      const made = await queue.write(() =>
        insert.run(username, id, password, email ?? null, created, legacy ? 1 : 0, null).changes
      );
      if (!made) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    account: (username) =>
      reading(() => {
        const row = withoutNulls<Omit<Account, "legacy"> & { legacy: number }>(find.get(username));
        if (!row) return undefined;
        const { legacy, ...account } = row;
        return legacy ? { ...account, legacy: true } : account;
      }),
    async setPassword(username, password) {
      await queue.write(() => update.run(password, username));
    },
    nameReservedSince: (username) => reading(() => reserved.get(username)?.deleted as number | undefined),
    async reserveName(username, at) {
      await queue.write(() => insert.run(username, "", "", null, at, 0, at));
    },
  };
}
