import type { ChatbotPublic } from "../../protocol/chatbot.ts";

/** Between two tellings of one chatbot. Milliseconds. */
const everyMs = 1_000;

/**
 * Tells of a chatbot that changes often: the first change at once, then once a second as it stands, the last one too. A
 * change is told to every visitor who is there, so that one account's would be work for all others to wait for.
 */
export class ChatbotUpdates {
  #held = new Map<string, { next?: ChatbotPublic; timer: ReturnType<typeof setTimeout> }>();

  constructor(readonly tell: (chatbot: ChatbotPublic) => void) {}

  put(chatbot: ChatbotPublic): void {
    const held = this.#held.get(chatbot.username);
    if (held) return void (held.next = chatbot);
    this.#hold(chatbot.username);
    this.tell(chatbot);
  }

  close(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
  }

  #hold(username: string): void {
    const timer = setTimeout(() => this.#release(username), everyMs);
    Deno.unrefTimer(timer);
    this.#held.set(username, { timer });
  }

  #release(username: string): void {
    const next = this.#held.get(username)?.next;
    this.#held.delete(username);
    if (next) this.put(next);
  }
}
