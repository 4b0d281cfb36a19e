import type { RoomCounts } from "../../protocol/portal.ts";
import type { AdminWho } from "../../chat/who.ts";
import type { Connection } from "../connection.ts";

/** Delay between the first of several changes and sending the counts. Milliseconds. */
const gatherMs = 150;

interface Surroundings {
  /** The counts as one agent sees them. */
  count(who: AdminWho): Promise<RoomCounts>;
  /** The sockets that receive an admin's counts. */
  subscribers(admin: string): ReadonlySet<Connection>;
  onFault(error: unknown): void;
}

/** Sends an admin's inboxes the room counts, shortly after they may have changed; many changes cost one query per agent. */
export class InboxCounts {
  #surroundings: Surroundings;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** By admin, then by agent. */
  #told = new Map<string, Map<string, string>>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Marks the counts of this admin as possibly changed. */
  touch(admin: string): void {
    if (this.#timers.has(admin) || this.#surroundings.subscribers(admin).size === 0) return;
    const timer = setTimeout(() => void this.#look(admin), gatherMs);
    Deno.unrefTimer(timer);
    this.#timers.set(admin, timer);
  }

  /** The admin's last inbox has closed. */
  forget(admin: string): void {
    this.#told.delete(admin);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #look(admin: string): Promise<void> {
    this.#timers.delete(admin);
    const agents = new Map<string, AdminWho>();
    for (const { who } of this.#surroundings.subscribers(admin)) {
      if (who.kind === "admin") agents.set(who.agent.id, who);
    }
    try {
      await Promise.all([...agents.values()].map((who) => this.#lookFor(who)));
    } catch (error) {
      this.#surroundings.onFault(error);
    }
  }

  async #lookFor(who: AdminWho): Promise<void> {
    const { admin, agent: { id: agent } } = who;
    const counts = await this.#surroundings.count(who);
    const text = JSON.stringify({ command: "counts", ...counts });
    const sockets = [...this.#surroundings.subscribers(admin)].filter((one) => agentOf(one) === agent);
    const told = this.#told.get(admin) ?? new Map<string, string>();
    if (told.get(agent) === text || sockets.length === 0) return;
    this.#told.set(admin, told.set(agent, text));
    for (const one of sockets) one.sendText(text);
  }
}

const agentOf = ({ who }: Connection) => who.kind === "admin" ? who.agent.id : undefined;
