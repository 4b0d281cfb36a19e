import type { InvitationSeen, Invite, InvitedTo } from "../../protocol/team.ts";
import {
  type Invitation,
  invitations,
  invitationsTo,
  maxInvitations,
  usableInvitation,
} from "../../db/collections/invitations.ts";
import type { Member } from "../../db/collections/members.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { NotAllowed, QuotaReached, UnknownInvitation } from "../errors.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { demand, mayManage, roleMayManage } from "../permissions.ts";
import type { Who } from "../who.ts";
import { membersOf } from "./members.ts";
import { titleOf } from "./members_seen.ts";

const lifeMs = 7 * 86_400_000;

/**
 * Invites somebody into the workspace: one use, within 7 days. `token` is kept nowhere and shown once.
 * @throws {NotAllowed | QuotaReached}
 */
export async function invite(
  chat: Chat,
  who: Who,
  { role, teams = [], email }: Invite,
): Promise<InvitationSeen & { token: string }> {
  const workspace = demand(who, "members");
  if (who.kind !== "admin" || !mayManage(who, role)) {
    throw new NotAllowed("You may invite only below your own role");
  }
  const token = crypto.getRandomValues(new Uint8Array(32)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  const created = chat.now(), expires = created + lifeMs, hash = await hashOf(token);
  const id = crypto.getRandomValues(new Uint8Array(6)).toHex();
  const invitation: Invitation = { workspace, id, hash, role, teams, by: who.agent.id, created, expires };
  if (email !== undefined) invitation.email = email;
  await withKeyedLock(chat.store, `invitations ${workspace}`, async () => {
    await makeRoom(chat, workspace);
    await invitations.create(chat.store, invitation);
  });
  await audit(chat, who, { act: "invited", target: id, detail: { role } });
  return { ...seen(invitation), token };
}

/** Removes expired invitations. @throws {QuotaReached} if too many are open */
async function makeRoom(chat: Chat, workspace: string): Promise<void> {
  const all = await invitationsTo(chat.store, workspace);
  const gone = all.filter(({ expires }) => expires <= chat.now());
  for (const { id } of gone) await invitations.remove(chat.store, [workspace, id]);
  if (all.length - gone.length >= maxInvitations) throw new QuotaReached("open invitations", maxInvitations);
}

/** The open invitations of the workspace, newest first. @throws {NotAllowed} */
export async function openInvitations(chat: Chat, who: Who): Promise<InvitationSeen[]> {
  const workspace = demand(who, "members");
  const members = await membersOf(chat, workspace);
  const all = await invitationsTo(chat.store, workspace);
  const open = all.filter((one) => isOpen(one, members, chat.now()));
  return open.sort((a, b) => b.created - a.created).map(seen);
}

/** Makes an invitation useless. @throws {NotAllowed} @throws {UnknownInvitation} */
export async function revokeInvitation(chat: Chat, who: Who, id: string): Promise<void> {
  const workspace = demand(who, "members");
  const invitation = await invitations.get(chat.store, [workspace, id]);
  if (!invitation) throw new UnknownInvitation();
  if (!mayManage(who, invitation.role)) {
    throw new NotAllowed("You may revoke invitations only below your own role");
  }
  if (!await invitations.remove(chat.store, [workspace, id])) throw new UnknownInvitation();
  await audit(chat, who, { act: "invitation_revoked", target: id });
}

/** What the holder of a token is invited to. @throws {UnknownInvitation} */
export async function invitedTo(chat: Chat, token: string): Promise<InvitedTo> {
  const { invitation } = await usable(chat, token);
  const { workspace, role, expires } = invitation;
  const title = await titleOf(chat, workspace);
  if (title === undefined) throw new UnknownInvitation();
  return { workspace, title, role, expires: new Date(expires).toISOString() };
}

/**
 * The invitation of a token, which whoever made it could still make: what a removed member has in hand is worth nothing.
 * @throws {UnknownInvitation}
 */
export async function usable(chat: Chat, token: string, members?: readonly Member[]) {
  const found = await usableInvitation(chat.store, await hashOf(token));
  if (!found) throw new UnknownInvitation();
  const all = members ?? await membersOf(chat, found.invitation.workspace);
  if (!isOpen(found.invitation, all, chat.now())) throw new UnknownInvitation();
  return found;
}

function isOpen({ by, role, expires }: Invitation, members: readonly Member[], now: number): boolean {
  const inviter = members.find(({ id }) => id === by);
  return expires > now && inviter !== undefined && roleMayManage(inviter.role, role);
}

async function hashOf(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(token);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function seen({ id, role, teams, email, created, expires }: Invitation): InvitationSeen {
  return {
    ...{ id, role, teams },
    ...(email !== undefined && { email }),
    created: new Date(created).toISOString(),
    expires: new Date(expires).toISOString(),
  };
}
