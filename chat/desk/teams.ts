import { type NewTeam, type TeamPatch, TeamSeen } from "../../protocol/desk.ts";
import { maxTeams } from "../../protocol/limits.ts";
import { changeMembers, type Member } from "../../db/collections/members.ts";
import { type Team, teams } from "../../db/collections/teams.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, NoSuch } from "../errors.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { demand } from "../permissions.ts";
import { membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";
import { clearRooms } from "./clear_rooms.ts";

/** The teams of a workspace, oldest first. */
export async function teamsOf({ store }: Pick<Chat, "store">, workspace: string): Promise<Team[]> {
  const all = await teams.list(store, [workspace], { limit: maxTeams });
  return all.sort((a, b) => a.created - b.created);
}

/** @throws {Forbidden} */
export async function listTeams(chat: Chat, who: Who): Promise<{ teams: TeamSeen[] }> {
  const workspace = demand(who, "read");
  const [all, members] = await Promise.all([teamsOf(chat, workspace), membersOf(chat, workspace)]);
  return { teams: all.map((team) => teamSeen(team, members)) };
}

const teamSeen = ({ id, name, assignment }: Team, members: readonly Member[]): TeamSeen => ({
  ...{ id, name, assignment },
  members: members.filter((member) => member.teams.includes(id)).map((member) => member.id),
});

/** @throws {NotAllowed | InvalidInput} */
export async function createTeam(chat: Chat, who: Who, asked: NewTeam): Promise<TeamSeen> {
  const workspace = demand(who, "content");
  const { name, assignment, members } = asked;
  await checkMembers(chat, workspace, members);
  const team: Team = { workspace, id: newRoomId(), name, assignment, created: chat.now() };
  await withKeyedLock(chat.store, `teams ${workspace}`, async () => {
    const all = await teamsOf(chat, workspace);
    if (all.length >= maxTeams) throw new InvalidInput({ name: `there are ${maxTeams} teams already` });
    checkName(all, team);
    await teams.put(chat.store, team);
  });
  await setMembers(chat, team, members);
  await audit(chat, who, { act: "team_created", target: team.id, detail: { name } });
  return await seen(chat, team);
}

/** Changes the fields given; `members` replaces all. @throws {NotAllowed | InvalidInput | NoSuch} */
export async function changeTeam(chat: Chat, who: Who, id: string, patch: TeamPatch): Promise<TeamSeen> {
  const workspace = demand(who, "content");
  const { members, ...fields } = patch;
  await checkMembers(chat, workspace, members ?? []);
  const team = await withKeyedLock(chat.store, `teams ${workspace}`, async () => {
    const known = await teams.get(chat.store, [workspace, id]);
    if (!known) throw new NoSuch("team");
    const next = { ...known, ...defined(fields) };
    checkName(await teamsOf(chat, workspace), next);
    await teams.put(chat.store, next);
    return next;
  });
  if (members) await setMembers(chat, team, members);
  chat.desk?.nudge(workspace);
  await audit(chat, who, { act: "team_changed", target: id, detail: { fields: Object.keys(patch) } });
  return await seen(chat, team);
}

/** Its rooms stay with their agents, or wait for anybody. @throws {NotAllowed | NoSuch} */
export async function deleteTeam(chat: Chat, who: Who, id: string): Promise<void> {
  const workspace = demand(who, "content");
  const team = await teams.get(chat.store, [workspace, id]);
  if (!team) throw new NoSuch("team");
  // The rooms first: a call that was interrupted can be repeated while the team exists.
  await clearRooms(chat, workspace, { kind: "team", id }, () => ({ team: null }));
  await setMembers(chat, team, []);
  await teams.remove(chat.store, [workspace, id]);
  await clearRooms(chat, workspace, { kind: "team", id }, () => ({ team: null }));
  chat.desk?.nudge(workspace);
  await audit(chat, who, { act: "team_deleted", target: id, detail: { name: team.name } });
}

const seen = async (chat: Chat, team: Team) => teamSeen(team, await membersOf(chat, team.workspace));

/** Fields without those that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** @throws {InvalidInput} if another of them has this name */
export function checkName(
  all: readonly { id: string; name: string }[],
  { id, name }: { id: string; name: string },
): void {
  const isTaken = all.some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new InvalidInput({ name: "there is one of this name" });
}

/** @throws {InvalidInput} */
async function checkMembers(chat: Chat, workspace: string, ids: readonly string[]): Promise<void> {
  const known = new Set((await membersOf(chat, workspace)).map(({ id }) => id));
  if (ids.some((id) => !known.has(id))) throw new InvalidInput({ members: "one of them is no member" });
}

/** Makes exactly these members the team's. */
async function setMembers(chat: Chat, { workspace, id }: Team, ids: readonly string[]): Promise<void> {
  await changeMembers(chat.store, workspace, async (stored) => {
    const all = stored.length > 0 ? stored : await membersOf(chat, workspace);
    const changed = all.filter((member) => member.teams.includes(id) !== ids.includes(member.id));
    const put = changed.map((member) => ({
      ...member,
      teams: ids.includes(member.id) ? [...member.teams, id] : member.teams.filter((team) => team !== id),
    }));
    return { put, answer: undefined };
  });
}
