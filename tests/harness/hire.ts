import { changeMembers, type Member, newMember } from "../../db/collections/members.ts";
import { agentIdOf, membersOf } from "../../chat/team/members.ts";
import type { Chat } from "../../chat/chat.ts";
import type { Client } from "./client.ts";
import { type Admin, type Parlor, v1 } from "./parlor.ts";
import { joinTeam, type TeamMember } from "./team.ts";

/** Makes an existing account a member of a workspace. */
export async function join(
  chat: Pick<Chat, "store">,
  workspace: string,
  username: string,
  fields: Partial<Member> = {},
): Promise<Member> {
  const account = await chat.store.account(username);
  const id = await agentIdOf(workspace, account!.id);
  return await changeMembers(chat.store, workspace, async (stored) => {
    const others = stored.length > 0 ? stored : await membersOf(chat, workspace);
    const member = newMember({
      ...{ workspace, username, id, account: account!.id, role: "agent", joined: Date.now() },
      ...fields,
    });
    return { put: [...others.filter((other) => other.username !== username), member], answer: member };
  });
}

/** Invites somebody to a workspace, where it then has these fields. */
export async function hire(
  parlor: Parlor,
  owner: Admin,
  username: string,
  fields: Partial<Member> = {},
): Promise<TeamMember> {
  const member = await joinTeam(parlor, owner, username, { name: username });
  await join(parlor.running.service.chat, owner.username, username, { name: username, ...fields });
  return member;
}

/** A member's subscribed room socket in a workspace. */
export async function inboxOf(parlor: Parlor, workspace: string, member: Admin): Promise<Client> {
  const client = await parlor.open(`/ws/room/${workspace}`, { protocols: v1(member.token) });
  client.send({ command: "subscribe" });
  await client.next("subscribed");
  return client;
}
