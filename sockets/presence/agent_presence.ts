import { roleMay } from "../../chat/permissions.ts";
import type { AdminWho, Agent } from "../../chat/who.ts";
import type { Presence } from "./presence.ts";

/** Whether visitors see somebody online while this agent has a socket. */
const isAnswering = ({ role, availability }: Agent) => availability === "here" && roleMay(role, "write");

/** Counts the sockets of members: each for its agent, and for the admin as visitors see it while the agent is available. */
export class AgentPresence {
  #counted = new Map<object, { admin: string; agent: string; isAnswering: boolean }>();

  constructor(readonly presence: Presence) {}

  came(socket: object, { admin, agent }: AdminWho): void {
    const counted = { admin, agent: agent.id, isAnswering: isAnswering(agent) };
    this.#counted.set(socket, counted);
    this.presence.came({ admin, agent: agent.id });
    if (counted.isAnswering) this.presence.came({ admin });
  }

  /** The socket's member has another role or availability. */
  changed(socket: object, { agent }: AdminWho): void {
    const counted = this.#counted.get(socket);
    if (!counted || counted.isAnswering === isAnswering(agent)) return;
    counted.isAnswering = !counted.isAnswering;
    if (counted.isAnswering) this.presence.came({ admin: counted.admin });
    else this.presence.left({ admin: counted.admin });
  }

  left(socket: object): void {
    const counted = this.#counted.get(socket);
    if (!counted) return;
    this.#counted.delete(socket);
    const { admin, agent } = counted;
    this.presence.left({ admin, agent });
    if (counted.isAnswering) this.presence.left({ admin });
  }
}
