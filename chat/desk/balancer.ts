import type { Chat } from "../chat.ts";
import { assignWaiting } from "./balance.ts";

/** Assigns waiting rooms whenever something has changed; many changes of one workspace at once are looked at once. */
export class Balancer {
  #running = new Map<string, { again: boolean }>();
  #stopped = false;

  constructor(readonly chat: Chat, readonly onFault: (error: unknown) => void) {}

  nudge(workspace: string): void {
    if (this.#stopped) return;
    const running = this.#running.get(workspace);
    if (running) return void (running.again = true);
    const own = { again: false };
    this.#running.set(workspace, own);
    void assignWaiting(this.chat, workspace).catch(this.onFault).then(() => {
      this.#running.delete(workspace);
      if (own.again) this.nudge(workspace);
    });
  }

  stop(): void {
    this.#stopped = true;
  }
}
