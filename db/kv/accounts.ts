import { newAccountId } from "../account_id.ts";
import { AlreadyThere } from "../errors.ts";
import type { Account, NewAccount, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

/** What stays of an account that was deleted, so that nobody can have its name. */
export interface Tombstone {
  username: string;
  deleted: number;
}

/** What stands under an account's name. Those of former versions have no id. */
export type AccountEntry = NewAccount | Tombstone;

export const isAccount = (entry: AccountEntry | null): entry is NewAccount =>
  entry !== null && !("deleted" in entry);

type Accounts = Pick<
  Store,
  "createAccount" | "account" | "setPassword" | "nameReservedSince" | "reserveName"
>;

export function accounts(engine: Engine): Accounts {
  const change = (
    username: string,
    next: (there: AccountEntry | null, isAgain: boolean) => AccountEntry | undefined,
  ) => update<AccountEntry>(engine, keys.account(username), next);
  const read = async (username: string) => (await engine.get<AccountEntry>(keys.account(username))).value;

  /** Gives an account of a former version its id. Of several who read it at once, all are told the same one. */
  async function withId(username: string): Promise<Account | undefined> {
    const id = newAccountId();
    await change(
      username,
      (there) => isAccount(there) && !there.id ? { ...there, id, legacy: true } : undefined,
    );
    const there = await read(username);
    return isAccount(there) ? there as Account : undefined;
  }

  return {
    async createAccount(account) {
      const { id = newAccountId() } = account;
      let isOurs = false;
      const before = await change(account.username, (there, isAgain) => {
        isOurs = isAgain && isAccount(there) && there.id === id;
        return there ? undefined : { ...account, id };
      });
      if (before && !isOurs) {
        throw new AlreadyThere(`Cannot create account "${account.username}": the name is taken`);
      }
    },
    async account(username) {
      const there = await read(username);
      if (!isAccount(there)) return undefined;
      return there.id ? there as Account : await withId(username);
    },
    async setPassword(username, password) {
      await change(username, (there) => isAccount(there) ? { ...there, password } : undefined);
    },
    async nameReservedSince(username) {
      const there = await read(username);
      return there && !isAccount(there) ? there.deleted : undefined;
    },
    async reserveName(username, at) {
      await change(username, (there) => there ? undefined : { username, deleted: at });
    },
  };
}
