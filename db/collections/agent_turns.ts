import { Collection, stored } from "../collection.ts";

/** When an agent was last assigned a room by balance. Milliseconds since 1970. */
export interface AgentTurn {
  workspace: string;
  agent: string;
  at: number;
}

export const agentTurns = new Collection<AgentTurn>({
  name: "agent_turns",
  schema: stored(),
  key: ({ workspace, agent }) => [workspace, agent],
});
