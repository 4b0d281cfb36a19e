import { newAccountId } from "../account_id.ts";
import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import type { Link } from "./link.ts";
import { withoutNulls } from "../sqlite/nulls.ts";

type Accounts = Pick<
  Store,
  "createAccount" | "account" | "setPassword" | "nameReservedSince" | "reserveName"
>;

/** A deleted account's row stays, without anything but its name, so that nobody can have that. */
export function accounts(link: Link): Accounts {
  return {
    async createAccount({ username, id = newAccountId(), password, email = null, created, legacy = false }) {
      const isOurs = await link.repeatable(async (sql, isAgain) => {
        const { count } = await sql`INSERT INTO accounts (username, id, password, email, created, legacy)
          VALUES (${username}, ${id}, ${password}, ${email}, ${created}, ${legacy}) ON CONFLICT DO NOTHING`;
        if (count > 0 || !isAgain) return count > 0;
        const [there] = await sql`SELECT id FROM accounts WHERE username = ${username}`;
        return there?.id === id;
      });
      if (!isOurs) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    async account(username) {
      const [row] = await link.read((sql) =>
        sql`SELECT username, id, password, email, created, nullif(legacy, false) AS legacy FROM accounts
          WHERE username = ${username} AND deleted IS NULL`
      );
      return withoutNulls<Account>(row);
    },
    async setPassword(username, password) {
      await link.repeatable((sql) =>
        sql`UPDATE accounts SET password = ${password} WHERE username = ${username} AND deleted IS NULL`
      );
    },
    async nameReservedSince(username) {
      const [row] = await link.read((sql) =>
        sql`SELECT deleted FROM accounts WHERE username = ${username} AND deleted IS NOT NULL`
      );
      return row?.deleted;
    },
    async reserveName(username, at) {
      await link.repeatable((sql) =>
        sql`INSERT INTO accounts (username, id, password, created, legacy, deleted)
          VALUES (${username}, '', '', ${at}, false, ${at}) ON CONFLICT DO NOTHING`
      );
    },
  };
}
