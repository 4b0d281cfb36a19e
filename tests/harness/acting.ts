import type { AgentRef } from "../../protocol/records.ts";
import type { Role } from "../../protocol/team.ts";
import type { AdminWho } from "../../chat/who.ts";

/** A member of a workspace, as the party that calls a rule; with `ref` one of several. */
export function acting(
  admin: string,
  { role = "owner", ref }: { role?: Role; ref?: AgentRef } = {},
): AdminWho {
  const id = ref?.id ?? "aaaaaaaaaaaa";
  const agent = { id, username: admin, role, teams: [], availability: "here" } as const;
  return { kind: "admin", admin, agent: { ...agent, ...(ref && { ref }) } };
}
