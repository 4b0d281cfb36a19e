import { membersSeen, workspacesOf } from "../../chat/team/members_seen.ts";
import type { PortalGroup } from "./portal_group.ts";

/** The members of a workspace, and the workspaces of an account. */
export const teamApi: PortalGroup = ({ chat }, { answer, answerAccount }) => {
  answerAccount("get", "/workspaces", async (_, admin) => ({ workspaces: await workspacesOf(chat, admin) }));
  answer("get", "/members", async (_, __, who) => ({ ...await membersSeen(chat, who) }));
};
