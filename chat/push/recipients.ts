import type { Member } from "../../db/collections/members.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { roleMay } from "../permissions.ts";
import { membersOf } from "../team/members.ts";

type Rule = NonNullable<Member["notify"]>[number];

/** Of members of a team who have chosen nothing. */
const byDefault: readonly Rule[] = ["mine", "unassigned", "mentions"];

/**
 * The accounts that a visitor's message wakes by push: a single member unless the portal is open; of a team those who are
 * not at the portal, available, and whose rule contains the room.
 */
export async function wokenBy(chat: Chat, room: RoomRecord): Promise<string[]> {
  // At the time of the message.
  const isOnline = chat.audience.isAdminOnline(room.admin);
  const members = await membersOf(chat, room.admin);
  if (members.length < 2) return isOnline ? [] : members.map(({ username }) => username);
  return members.filter((member) => isWoken(chat, member, (rule) => isAbout(rule, room, member)))
    .map(({ username }) => username);
}

/** Of these members, the accounts that a notice wakes by push. */
export async function wokenByNotice(
  chat: Chat,
  workspace: string,
  agents: readonly string[],
  rule: Rule,
): Promise<string[]> {
  const members = (await membersOf(chat, workspace)).filter(({ id }) => agents.includes(id));
  return members.filter((member) => isWoken(chat, member, (one) => one === rule || one === "all"))
    .map(({ username }) => username);
}

function isWoken(chat: Chat, member: Member, isMeant: (rule: Rule) => boolean): boolean {
  const { workspace, id, availability, notify = byDefault } = member;
  return availability === "here" && notify.some(isMeant) && !chat.audience.isAgentHere(workspace, id);
}

/** Whether a rule contains a room; only who may answer is woken by a room that nobody has. */
function isAbout(rule: Rule, { assignee, team }: RoomRecord, { id, teams, role }: Member): boolean {
  if (rule === "all") return true;
  if (rule === "mine") return assignee === id;
  const isOfTeam = team === undefined || teams.includes(team);
  return rule === "unassigned" && assignee === undefined && isOfTeam && roleMay(role, "write");
}
