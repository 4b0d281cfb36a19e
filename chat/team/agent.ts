import type { Member } from "../../db/collections/members.ts";
import type { AgentRef } from "../../protocol/records.ts";
import type { Agent } from "../who.ts";

/** A member as it acts; `count`: of the workspace's members. */
export function agentOf(member: Member, count: number): Agent {
  const { id, username, role, teams, availability } = member;
  const isAlone = count < 2 && member.name === undefined;
  return { id, username, role, teams, availability, ...(!isAlone && { ref: refOf(member) }) };
}

/** What everybody may know of a member. */
export function refOf({ id, name, avatar_url }: Member): AgentRef {
  return { id, ...(name !== undefined && { name }), ...(avatar_url !== undefined && { avatar_url }) };
}
