import type { VisitorPolicy } from "../chat/visitors/standing.ts";
import type { Listeners } from "./channels/listeners.ts";

/** Sockets that are judged at once: each costs a look at the store. */
const atOnce = 50;

interface Surroundings {
  listeners: Listeners;
  policy(admin: string): Promise<VisitorPolicy>;
  onFault(error: unknown): void;
}

/** Judges the sockets of an admin's visitors again when what they were let in by has changed. */
export class Rejudging {
  #surroundings: Surroundings;
  #due = new Set<string>();
  #running = new Set<string>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  put(admin: string): void {
    this.#due.add(admin);
    void this.#run(admin);
  }

  /** Goes on where the store could not be asked. To be called now and then. */
  goOn(): void {
    for (const admin of this.#due) void this.#run(admin);
  }

  async #run(admin: string): Promise<void> {
    if (this.#running.has(admin)) return;
    this.#running.add(admin);
    try {
      while (this.#due.delete(admin)) await this.#judgeAll(admin);
    } catch (error) {
      this.#due.add(admin);
      this.#surroundings.onFault(error);
    } finally {
      this.#running.delete(admin);
    }
  }

  async #judgeAll(admin: string): Promise<void> {
    const { listeners, policy: read } = this.#surroundings;
    const channel = listeners.admin(admin);
    if (!channel) return;
    const policy = await read(admin);
    const sockets = [...channel.lobby, ...channel.chats].filter(({ who }) => who.kind !== "admin");
    for (let i = 0; i < sockets.length; i += atOnce) {
      await Promise.all(sockets.slice(i, i + atOnce).map((one) => one.judge(policy)));
      // Whoever writes meanwhile comes in between.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
