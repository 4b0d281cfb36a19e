import { accounts, creationOf, isAccount } from "../../db/collections/accounts.ts";
import {
  changeMembers,
  maxMembers,
  type Member,
  membershipsOf,
  newMember,
} from "../../db/collections/members.ts";
import { newAccountId } from "../../db/account_id.ts";
import type { Commit } from "../../db/records.ts";
import type { Account } from "../../db/store.ts";
import type { Role } from "../../protocol/team.ts";
import { checkSignup, refuseTaken } from "../accounts/accounts.ts";
import { auditIn } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, NotSignedIn, QuotaReached, UnknownInvitation } from "../errors.ts";
import type { SignedInAccount } from "./acting.ts";
import { usable } from "./invitations.ts";
import { agentIdOf, ownerOf } from "./members.ts";

export interface Joined {
  workspace: string;
  role: Role;
}

/**
 * An account uses an invitation. Of many who use it at once, one becomes a member.
 * @throws {UnknownInvitation} @throws {InvalidInput} for a member @throws {QuotaReached}
 */
export async function joinBy(
  chat: Chat,
  token: string,
  signedIn: SignedInAccount,
  name?: string,
): Promise<Joined> {
  const there = await membershipsOf(chat.store, signedIn.username);
  if (there.length >= maxMembers) throw new QuotaReached("workspaces of an account", maxMembers);
  return await join(chat, token, { ...signedIn, name }, async () => {
    const { records } = chat.store, own = { collection: accounts.name, key: [signedIn.username] };
    const known = await records.get(own.collection, own.key);
    const account = known?.value as Account | undefined;
    // The account was deleted after the session was looked up.
    if (!isAccount(account) || account.id !== signedIn.account) throw new NotSignedIn("Sign in first");
    return { check: [{ ...own, version: known!.version }] };
  });
}

/**
 * Uses an invitation to create an account, which has no chatbot of its own. Sign-up may be closed. Nothing is created by a
 * call that does not get the invitation.
 * @throws {UnknownInvitation} @throws {InvalidInput} @throws {UsernameTaken} @throws {QuotaReached} @throws {TooManyAttempts}
 */
export async function signUpBy(
  chat: Chat,
  token: string,
  { username, password, name }: { username: string; password: string; name?: string },
): Promise<Joined> {
  checkSignup({ username, password });
  // Checked before the hash, which is expensive.
  await usable(chat, token);
  await refuseTaken(chat, username);
  const hash = await chat.passwords.hash(password);
  const id = newAccountId(), created = chat.now();
  const account: Account = { username, id, password: hash, created, memberOnly: true };
  return await join(chat, token, { username, account: id, name }, async () => {
    await refuseTaken(chat, username);
    return creationOf(account);
  });
}

async function join(
  chat: Chat,
  token: string,
  { username, account, name }: SignedInAccount & { name?: string },
  ofAccount: () => Promise<Commit>,
): Promise<Joined> {
  const { invitation: { workspace } } = await usable(chat, token);
  const id = await agentIdOf(workspace, account);
  const member = await changeMembers(chat.store, workspace, async (stored) => {
    const members = stored.length > 0 ? stored : [await firstOf(chat, workspace)];
    const { invitation: { role, teams }, use } = await usable(chat, token, members);
    if (members.some((one) => one.username === username)) {
      throw new InvalidInput({ "": "this account is a member of the workspace" });
    }
    if (members.length >= maxMembers) throw new QuotaReached("members", maxMembers);
    const joined = chat.now(), known = name ? { name } : {};
    const member = newMember({ workspace, username, account, id, role, teams, joined, ...known });
    const { check = [], put = [] } = await ofAccount();
    const also: Commit = { ...use, check: [...use.check ?? [], ...check], put };
    // From the first invitation on the owner is stored, so that it may hand over and leave.
    return { put: [...(stored.length > 0 ? [] : members), member], also, answer: member };
  });
  await auditIn(chat, workspace, { act: "joined", by: { id }, target: id, detail: { role: member.role } });
  return { workspace, role: member.role };
}

/** @throws {UnknownInvitation} if the workspace is gone */
async function firstOf({ store }: Chat, workspace: string): Promise<Member> {
  const account = await store.account(workspace);
  if (!account) throw new UnknownInvitation();
  return await ownerOf(account);
}
