import type { Member } from "../db/collections/members.ts";
import type { Store } from "../db/store.ts";
import type { AdminWho } from "../chat/who.ts";
import { agentOf } from "../chat/team/agent.ts";
import { followMembers, membersOf } from "../chat/team/members.ts";
import type { Connection } from "./connection.ts";
import type { Listeners } from "./channels/listeners.ts";
import { RecheckQueue } from "./recheck_queue.ts";
import { noMember } from "./refusals.ts";

interface MemberRecheckOptions {
  store: Store;
  listeners: Listeners;
  /** A socket's member has another role, name or availability. */
  changed(connection: Connection, who: AdminWho): void;
  onFault(error: unknown): void;
}

interface Followed {
  /** Sockets of members. */
  sockets: number;
  stop(): void;
}

/**
 * Follows the members of the workspaces that have members' sockets here: closes the sockets of who was removed, and gives the
 * others their present role and name.
 */
export class MemberRecheck {
  #options: MemberRecheckOptions;
  #followed = new Map<string, Followed>();
  #queue: RecheckQueue;

  constructor(options: MemberRecheckOptions) {
    this.#options = options;
    this.#queue = new RecheckQueue({
      recheck: (workspace) => this.#recheck(workspace),
      onFault: options.onFault,
    });
  }

  /** A member's socket was opened. */
  came({ who }: Connection): void {
    if (who.kind !== "admin") return;
    const workspace = who.admin, known = this.#followed.get(workspace);
    if (known) return void known.sockets++;
    const stop = followMembers(this.#options, workspace, () => this.#queue.put(workspace));
    this.#followed.set(workspace, { sockets: 1, stop });
    this.#queue.put(workspace);
  }

  left({ who }: Connection): void {
    const known = who.kind === "admin" ? this.#followed.get(who.admin) : undefined;
    if (!known || --known.sockets > 0) return;
    known.stop();
    this.#followed.delete(who.admin);
  }

  /** Retries the workspaces whose check failed. Called periodically. */
  goOn(): void {
    this.#queue.goOn();
  }

  async #recheck(workspace: string): Promise<void> {
    if (!this.#followed.has(workspace)) return;
    const members = await membersOf(this.#options, workspace);
    const { inboxes = [], chats = [] } = this.#options.listeners.admin(workspace) ?? {};
    for (const one of [...inboxes, ...chats]) this.#renew(one, members);
  }

  /** Closes a member's socket, or lets it act as the member now is. */
  #renew(connection: Connection, members: readonly Member[]): void {
    const { who } = connection;
    if (who.kind !== "admin") return;
    const member = members.find(({ id, username }) => id === who.agent.id && username === who.agent.username);
    if (!member) return connection.close(noMember.code, noMember.reason);
    who.agent = agentOf(member, members.length);
    this.#options.changed(connection, who);
  }
}
