import { newAccountId } from "../account_id.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import { AlreadyThere } from "../errors.ts";
import type { Commit } from "../records.ts";
import type { Account, Store } from "../store.ts";

/** What remains of a deleted account, so that its name stays reserved. */
export interface Tombstone {
  username: string;
  /** Milliseconds since 1970. */
  deleted: number;
}

export type AccountEntry = Account | Tombstone;

export const accounts = new Collection<AccountEntry>({
  name: "accounts",
  schema: stored(),
  key: ({ username }) => [username],
});

export const isAccount = (entry: AccountEntry | undefined): entry is Account =>
  entry !== undefined && !("deleted" in entry);

/** What creates an account, to be committed together with more. It fails if the name is taken or reserved. */
export function creationOf(account: Account): Commit {
  const own = accounts.nameOf(account);
  return { check: [{ ...own, version: undefined }], put: [{ ...own, value: account }] };
}

type Accounts = Pick<
  Store,
  "createAccount" | "account" | "setPassword" | "nameReservedSince" | "reserveName"
>;

export function accountVerbs(store: RecordStore): Accounts {
  return {
    async createAccount({ username, id = newAccountId(), ...rest }) {
      const there = await accounts.create(store, { username, id, ...rest });
      if (there) throw new AlreadyThere(`Cannot create account "${username}": the name is taken`);
    },
    async account(username) {
      const entry = await accounts.get(store, [username]);
      return isAccount(entry) ? entry : undefined;
    },
    async setPassword(username, password) {
      await accounts.update(
        store,
        [username],
        (entry) => isAccount(entry) ? { ...entry, password } : undefined,
      );
    },
    async nameReservedSince(username) {
      const entry = await accounts.get(store, [username]);
      return entry && "deleted" in entry ? entry.deleted : undefined;
    },
    async reserveName(username, deleted) {
      await accounts.create(store, { username, deleted });
    },
  };
}
