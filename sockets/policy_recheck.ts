import type { VisitorPolicy } from "../chat/visitors/visitor_policy.ts";
import type { Listeners } from "./channels/listeners.ts";
import { RecheckQueue } from "./recheck_queue.ts";

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
  #queue: RecheckQueue;

  constructor(options: PolicyRecheckOptions) {
    this.#options = options;
    this.#queue = new RecheckQueue({
      recheck: (admin) => this.#recheckAll(admin),
      onFault: options.onFault,
    });
  }

  put(admin: string): void {
    this.#queue.put(admin);
  }

  /** Retries the admins whose check failed. Called periodically. */
  goOn(): void {
    this.#queue.goOn();
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
