import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

export function accounts(engine: Engine): Pick<Store, "createAccount" | "account" | "setPassword"> {
  return {
    async createAccount(account) {
      let isOurs = false;
      const before = await update<Account>(engine, keys.account(account.username), (there, isAgain) => {
        // Hashes are salted: the same one is there from the first time.
        isOurs = isAgain && there?.password === account.password;
        return there ? undefined : account;
      });
      if (before && !isOurs) {
        throw new AlreadyThere(`Cannot create account "${account.username}": the name is taken`);
      }
    },
    async account(username) {
      return (await engine.get<Account>(keys.account(username))).value ?? undefined;
    },
    async setPassword(username, password) {
      await update<Account>(
        engine,
        keys.account(username),
        (there) => there ? { ...there, password } : undefined,
      );
    },
  };
}
