import type { Account } from "../../db/store.ts";
import { Username } from "../../protocol/names.ts";
import type { Chat } from "../chat.ts";
import { UnknownAdmin } from "../errors.ts";
import type { OwnerClaims } from "../tokens.ts";

/** @throws {UnknownAdmin} if nobody has this name */
export async function existingAccount(chat: Pick<Chat, "store">, username: string): Promise<Account> {
  const name = normalUsername(username);
  const account = name === undefined ? undefined : await chat.store.account(name);
  if (!account) throw new UnknownAdmin(username);
  return account;
}

/**
 * Whether a token that names this account was made for it, and not for another one that had its name before. Tokens of versions in
 * which accounts had no ids say when they were made; an account from then takes those that came after it.
 */
export function isOwner(account: Account, { account: id, issued }: OwnerClaims): boolean {
  if (id !== undefined) return id === account.id;
  return account.legacy === true && issued >= Math.floor(account.created / 1_000) * 1_000;
}

/** The username as it is kept; `undefined` for what cannot be one. */
export function normalUsername(text: string): string | undefined {
  return Username.safeParse(text).data;
}
