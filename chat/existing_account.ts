import type { Account } from "../db/store.ts";
import { Username } from "../protocol/names.ts";
import type { Chat } from "./chat.ts";
import { UnknownAdmin } from "./errors.ts";

/** @throws {UnknownAdmin} if nobody has this name */
export async function existingAccount(chat: Chat, username: string): Promise<Account> {
  const name = normalUsername(username);
  const account = name === undefined ? undefined : await chat.store.account(name);
  if (!account) throw new UnknownAdmin(username);
  return account;
}

/** The username as it is kept; `undefined` for what cannot be one. */
export function normalUsername(text: string): string | undefined {
  return Username.safeParse(text).data;
}
