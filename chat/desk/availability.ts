import type { AgentAvailability } from "../../protocol/team.ts";
import { changeMembers } from "../../db/collections/members.ts";
import type { Chat } from "../chat.ts";
import { demand, roleMay } from "../permissions.ts";
import { memberById, membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";

/** An agent that has been without a socket for longer is not available. Milliseconds. */
const reloadMs = 120_000;

/** Says whether who acts takes conversations; it stays until changed. @throws {Forbidden | Unavailable} */
export async function setAvailability(chat: Chat, who: Who, availability: AgentAvailability): Promise<void> {
  const workspace = demand(who, "read");
  const id = who.kind === "admin" ? who.agent.id : "";
  await changeMembers(chat.store, workspace, async (stored) => {
    const all = stored.length > 0 ? stored : await membersOf(chat, workspace);
    const own = all.find((member) => member.id === id && member.availability !== availability);
    return { put: own ? [{ ...own, availability }] : [], answer: undefined };
  });
  chat.desk?.nudge(workspace);
}

/** Whether a member of the workspace may answer and is available now. */
export async function isAvailable(chat: Chat, workspace: string, agent: string): Promise<boolean> {
  const member = await memberById(chat, workspace, agent);
  return member?.availability === "here" && roleMay(member.role, "write") &&
    chat.audience.isAgentHere(workspace, agent, reloadMs);
}
