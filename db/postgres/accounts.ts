import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import type { Link } from "./link.ts";
import { withoutNulls } from "../sqlite/nulls.ts";

export function accounts(link: Link): Pick<Store, "createAccount" | "account" | "setPassword"> {
  return {
    async createAccount({ username, password, email = null, created }) {
      const isOurs = await link.repeatable(async (sql, isAgain) => {
        const { count } = await sql`INSERT INTO accounts (username, password, email, created)
          VALUES (${username}, ${password}, ${email}, ${created}) ON CONFLICT DO NOTHING`;
        if (count > 0 || !isAgain) return count > 0;
        // Hashes are salted: the same one is there from the first time.
        const [there] = await sql`SELECT password FROM accounts WHERE username = ${username}`;
        return there?.password === password;
      });
      if (!isOurs) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    async account(username) {
      const [row] = await link.read((sql) =>
        sql`SELECT username, password, email, created FROM accounts WHERE username = ${username}`
      );
      return withoutNulls<Account>(row);
    },
    async setPassword(username, password) {
      await link.repeatable((sql) =>
        sql`UPDATE accounts SET password = ${password} WHERE username = ${username}`
      );
    },
  };
}
