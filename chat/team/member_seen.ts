import type { MemberSeen } from "../../protocol/team.ts";
import type { Member } from "../../db/collections/members.ts";

/** A member as colleagues see it. `withUsername`: for whoever manages members. */
export function memberSeen(member: Member, to: { withUsername: boolean; online: boolean }): MemberSeen {
  const { id, name, title, avatar_url, role, teams, capacity, availability, joined, username } = member;
  return {
    id,
    name: name ?? `Agent ${id.slice(0, 4)}`,
    ...(title !== undefined && { title }),
    ...(avatar_url !== undefined && { avatar_url }),
    ...{ role, teams: [...teams], capacity, availability, online: to.online },
    joined: new Date(joined).toISOString(),
    ...(to.withUsername && { username }),
  };
}
