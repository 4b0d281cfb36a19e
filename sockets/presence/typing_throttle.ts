import { typingEveryMs } from "../../protocol/limits.ts";

/** Passes at most one typing notice per second and room: the first at once, then the latest when the second is over. */
export class TypingThrottle {
  #held = new Map<string, { latest: boolean; sent: boolean; timer: ReturnType<typeof setTimeout> }>();

  constructor(readonly pass: (consumer: string, typing: boolean) => void) {}

  put(consumer: string, typing: boolean): void {
    const held = this.#held.get(consumer);
    if (held) return void (held.latest = typing);
    this.#hold(consumer, typing);
    this.pass(consumer, typing);
  }

  #hold(consumer: string, sent: boolean): void {
    const timer = setTimeout(() => this.#release(consumer), typingEveryMs);
    Deno.unrefTimer(timer);
    this.#held.set(consumer, { latest: sent, sent, timer });
  }

  #release(consumer: string): void {
    const { latest, sent } = this.#held.get(consumer)!;
    this.#held.delete(consumer);
    if (latest === sent) return;
    this.#hold(consumer, latest);
    this.pass(consumer, latest);
  }

  close(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
  }
}
