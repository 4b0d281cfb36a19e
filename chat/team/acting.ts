import { type Member, membershipsOf } from "../../db/collections/members.ts";
import { normalUsername } from "../accounts/existing_account.ts";
import type { Chat } from "../chat.ts";
import { NotAllowed } from "../errors.ts";
import type { AdminWho } from "../who.ts";
import { agentOf } from "./agent.ts";
import { memberOf, membersOf, membersReadAgain } from "./members.ts";

/** Who has signed in: an account's name and id. */
export interface SignedInAccount {
  username: string;
  account: string;
}

/**
 * The party as which an account acts in a workspace; without one named, in its own or else in the first that has it as a
 * member. Every authenticated entrance makes its `Who` here.
 * @throws {NotAllowed} if it is no member there
 */
export async function actIn(
  chat: Pick<Chat, "store">,
  signedIn: SignedInAccount,
  workspace?: string,
): Promise<AdminWho> {
  const name = workspace === undefined ? await usualWorkspace(chat, signedIn) : normalUsername(workspace);
  const who = name !== undefined &&
    (actAmong(await membersOf(chat, name), signedIn) ??
      actAmong(await membersReadAgain(chat, name), signedIn));
  if (!who) throw new NotAllowed("You are no member of this workspace");
  return who;
}

function actAmong(all: readonly Member[], signedIn: SignedInAccount): AdminWho | undefined {
  const member = all.find(({ username, account }) =>
    username === signedIn.username && account === signedIn.account
  );
  return member && { kind: "admin", admin: member.workspace, agent: agentOf(member, all.length) };
}

async function usualWorkspace(chat: Pick<Chat, "store">, { username }: SignedInAccount) {
  if (await memberOf(chat, username, username)) return username;
  return (await membershipsOf(chat.store, username))[0]?.workspace;
}
