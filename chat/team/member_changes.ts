import type { MemberChange, MemberSeen, OwnProfile } from "../../protocol/team.ts";
import { changeMembers, type Member, membershipsOf, storedMembers } from "../../db/collections/members.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { dropCannedOf } from "../desk/canned.ts";
import { NotAllowed, UnknownMember } from "../errors.ts";
import { demand, may, mayManage, roleMay } from "../permissions.ts";
import type { AdminWho, Who } from "../who.ts";
import { ownerOf } from "./members.ts";
import { memberSeen } from "./member_seen.ts";

/**
 * Changes one member as `next` says, or not at all if that is undefined; repeated after a concurrent change. Returns it as it is now.
 * @throws {UnknownMember} and what `next` throws
 */
export function updateMember(
  chat: Chat,
  workspace: string,
  id: string,
  next: (member: Member, all: readonly Member[]) => Member | undefined,
): Promise<Member> {
  return changeMembers(chat.store, workspace, async (stored) => {
    const all = stored.length > 0 ? stored : await implicit(chat, workspace);
    const member = all.find((one) => one.id === id);
    if (!member) throw new UnknownMember();
    const after = next(member, all);
    return { put: after ? [after] : [], answer: after ?? member };
  });
}

/** The member of a workspace without member records. */
async function implicit({ store }: Chat, workspace: string): Promise<Member[]> {
  const account = await store.account(workspace);
  return account && !account.memberOnly ? [await ownerOf(account)] : [];
}

/** Changes how the calling member appears and what it is notified of. @throws {Forbidden} */
export async function changeOwnProfile(chat: Chat, who: Who, change: OwnProfile): Promise<MemberSeen> {
  const workspace = demand(who, "read");
  const { agent: { id } } = who as AdminWho;
  const member = await updateMember(chat, workspace, id, (member) => changed(member, change));
  const online = chat.audience.isAgentHere(workspace, id);
  return memberSeen(member, { withUsername: may(who, "members"), online });
}

/**
 * Changes a colleague below the caller's own role, or, without a role, the caller.
 * @throws {NotAllowed} @throws {UnknownMember}
 */
export async function changeMember(
  chat: Chat,
  who: Who,
  id: string,
  change: MemberChange,
): Promise<MemberSeen> {
  const workspace = demand(who, "members");
  const member = await updateMember(chat, workspace, id, (member) => {
    const isSelf = who.kind === "admin" && who.agent.id === id;
    const isBelow = mayManage(who, member.role) && !isSelf;
    if (!isBelow && !(isSelf && change.role === undefined)) {
      throw new NotAllowed("You may change members only below your own role");
    }
    if (change.role !== undefined && member.role === "owner") throw ownerStays();
    if (change.role !== undefined && !mayManage(who, change.role)) {
      throw new NotAllowed("You may give roles only below your own");
    }
    return changed(member, change);
  });
  await audit(chat, who, { act: "member_changed", target: id, detail: shownOf(change) });
  if (change.role !== undefined && !roleMay(member.role, "write")) {
    await chat.onMemberRemoved?.(workspace, id);
  }
  return memberSeen(member, { withUsername: true, online: chat.audience.isAgentHere(workspace, id) });
}

const ownerStays = () => new NotAllowed("The owner stays: hand ownership over first");

/** What the audit log keeps of a change. */
const shownOf = ({ role, teams, capacity }: MemberChange) => ({
  ...(role && { role }),
  ...(teams && { teams }),
  ...(capacity !== undefined && { capacity }),
});

/** An empty text removes a field. */
function changed<T extends object>(member: Member, change: T): Member {
  const entries = Object.entries({ ...member, ...definedOf(change) }).filter(([, value]) => value !== "");
  return Object.fromEntries(entries) as unknown as Member;
}

const definedOf = (change: object) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

/**
 * Removes a member below the caller's own role, or the caller, who leaves. The owner stays. A repeated call releases again what
 * was assigned to the member.
 * @throws {NotAllowed} @throws {UnknownMember}
 */
export async function removeMember(chat: Chat, who: Who, id: string): Promise<void> {
  const isSelf = who.kind === "admin" && who.agent.id === id;
  const workspace = demand(who, isSelf ? "read" : "members");
  const removed = await changeMembers(chat.store, workspace, (stored) => {
    const member = stored.find((one) => one.id === id);
    if (!member) return { answer: undefined };
    if (member.role === "owner") throw ownerStays();
    if (!isSelf && !mayManage(who, member.role)) {
      throw new NotAllowed("You may remove members only below your own role");
    }
    return { remove: [member], answer: member };
  });
  if (!removed && isSelf) throw ownerStays();
  await chat.onMemberRemoved?.(workspace, id);
  await dropCannedOf(chat, workspace, id);
  if (!removed) throw new UnknownMember();
  await audit(chat, who, { act: isSelf ? "left" : "member_removed", target: id });
}

/** Makes a member the owner, and the caller a manager. @throws {NotAllowed} @throws {UnknownMember} */
export async function handOver(chat: Chat, who: Who, id: string): Promise<void> {
  const workspace = demand(who, "secrets");
  const { agent } = who as AdminWho;
  await changeMembers(chat.store, workspace, (stored) => {
    const [from, to] = [agent.id, id].map((one) => stored.find((member) => member.id === one));
    if (!from || !to || from === to) throw new UnknownMember();
    // Handed over meanwhile.
    if (from.role !== "owner") throw new NotAllowed("You are not the owner any more");
    return { put: [{ ...from, role: "manager" }, { ...to, role: "owner" }], answer: undefined };
  });
  await audit(chat, who, { act: "handed_over", target: id });
}

/**
 * Takes an account out of all workspaces of others before it is deleted.
 * @throws {NotAllowed} while it owns one of them, or others are members of its own
 */
export async function leaveAll(chat: Chat, username: string): Promise<void> {
  const own = await storedMembers(chat.store, username);
  if (own.some((member) => member.username !== username)) {
    throw new NotAllowed("Others are members of this workspace: remove them first");
  }
  const all = (await membershipsOf(chat.store, username)).filter(({ workspace }) => workspace !== username);
  if (all.some(({ role }) => role === "owner")) {
    throw new NotAllowed("This account owns a workspace: hand it over first");
  }
  for (const { workspace, id } of all) {
    const isGone = await changeMembers(chat.store, workspace, (stored) => {
      const member = stored.find((one) => one.id === id);
      if (member?.role === "owner") throw new NotAllowed("This account owns a workspace: hand it over first");
      return { remove: member ? [member] : [], answer: true };
    });
    if (!isGone) continue;
    await chat.onMemberRemoved?.(workspace, id);
    await dropCannedOf(chat, workspace, id);
  }
}
