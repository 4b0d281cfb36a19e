import { AlreadyThere } from "../errors.ts";
import type { Account, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

export function accounts(engine: Engine): Pick<Store, "createAccount" | "account" | "setPassword"> {
  return {
    async createAccount(account) {
      const before = await update<Account>(
        engine,
        keys.account(account.username),
        (there) => there ? undefined : account,
      );
      if (before) throw new AlreadyThere(`Cannot create account "${account.username}": the name is taken`);
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
