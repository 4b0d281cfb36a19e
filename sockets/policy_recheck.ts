import type { VisitorPolicy } from "../chat/visitors/visitor_policy.ts";
import type { Listeners } from "./channels/listeners.ts";

/** Sockets that are checked at once: each costs a read from the store. */
const atOnce = 50;

interface PolicyRecheckOptions {
  listeners: Listeners;
  policy(admin: string): Promise<VisitorPolicy>;
  onFault(error: unknown): void;
}

/** Checks the sockets of an admin's visitors again when the policy that admitted them has changed. */
export class PolicyRecheck {
  #options: PolicyRecheckOptions;
  #due = new Set<string>();
  #running = new Set<string>();

  constructor(options: PolicyRecheckOptions) {
    this.#options = options;
  }

  put(admin: string): void {
    this.#due.add(admin);
    void this.#run(admin);
  }

  /** Retries the admins whose check failed. Called periodically. */
  goOn(): void {
    for (const admin of this.#due) void this.#run(admin);
  }

  async #run(admin: string): Promise<void> {
    if (this.#running.has(admin)) return;
    this.#running.add(admin);
    try {
      while (this.#due.delete(admin)) await this.#recheckAll(admin);
    } catch (error) {
      this.#due.add(admin);
      this.#options.onFault(error);
    } finally {
      this.#running.delete(admin);
    }
  }

  async #recheckAll(admin: string): Promise<void> {
    const { listeners, policy: read } = this.#options;
    const channel = listeners.admin(admin);
    if (!channel) return;
    const policy = await read(admin);
    const sockets = [...channel.lobby, ...channel.chats].filter(({ who }) => who.kind !== "admin");
    for (let i = 0; i < sockets.length; i += atOnce) {
      await Promise.all(sockets.slice(i, i + atOnce).map((one) => one.judge(policy)));
      // Yields to other work in between.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
