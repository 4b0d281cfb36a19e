import { type MembersSeen, type Role } from "../../protocol/team.ts";
import { usualNotify } from "../../protocol/limits.ts";
import { membershipsOf } from "../../db/collections/members.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { UnknownAdmin } from "../errors.ts";
import { demand, may } from "../permissions.ts";
import type { Who } from "../who.ts";
import type { SignedInAccount } from "./acting.ts";
import { memberSeen } from "./member_seen.ts";
import { memberOf, membersOf } from "./members.ts";

/** The members of a workspace as this member sees them, its own id, and what it is told about. @throws {Forbidden} */
export async function membersSeen(chat: Chat, who: Who): Promise<MembersSeen> {
  const workspace = demand(who, "read");
  const withNames = may(who, "members"), you = who.kind === "admin" ? who.agent.id : "";
  const all = await membersOf(chat, workspace);
  const members = all.map((member) =>
    memberSeen(member, { withUsername: withNames, online: chat.audience.isAgentHere(workspace, member.id) })
  );
  return { members, you, notify: all.find(({ id }) => id === you)?.notify ?? [...usualNotify] };
}

/** The workspaces in which an account has a role, its own first. */
export async function workspacesOf(
  chat: Chat,
  { username, account }: SignedInAccount,
): Promise<{ workspace: string; title: string; role: Role }[]> {
  const own = await memberOf(chat, username, username);
  const others = await membershipsOf(chat.store, username);
  const all = [...(own ? [own] : []), ...others.filter(({ workspace }) => workspace !== username)];
  const live = all.filter((member) => member.account === account);
  const seen = await Promise.all(live.map(async ({ workspace, role }) => {
    const title = await titleOf(chat, workspace);
    return title === undefined ? [] : [{ workspace, title, role }];
  }));
  return seen.flat();
}

/** The title of a workspace's chatbot; undefined if the workspace is gone. */
export async function titleOf(chat: Chat, workspace: string): Promise<string | undefined> {
  try {
    return (await chatbotOf(chat, workspace)).title;
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}
