import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import type { Link } from "./link.ts";
import { withoutNulls } from "../sqlite/nulls.ts";

export function accounts(link: Link): Pick<Store, "createAccount" | "account" | "setPassword"> {
  return {
    async createAccount({ username, password, email = null, created }) {
      const { count } = await link.run((sql) =>
        sql`INSERT INTO accounts (username, password, email, created)
          VALUES (${username}, ${password}, ${email}, ${created}) ON CONFLICT DO NOTHING`
      );
      if (!count) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    async account(username) {
      const [row] = await link.read((sql) =>
        sql`SELECT username, password, email, created FROM accounts WHERE username = ${username}`
      );
      return withoutNulls<Account>(row);
    },
    async setPassword(username, password) {
      await link.run((sql) => sql`UPDATE accounts SET password = ${password} WHERE username = ${username}`);
    },
  };
}
