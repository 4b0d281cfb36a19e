import { dropOldQuestions } from "../chat/bot/questions.ts";
import type { Chat } from "../chat/chat.ts";

/** Least time between two sweeps. Milliseconds. */
const everyMs = 3_600_000;
/** Questions per read. */
const mostAtOnce = 100;

/** Deletes questions to the bot that are older than 90 days, also where nobody asks any more. */
export class OldQuestions {
  /** Of the clock of the chat. Milliseconds since 1970. */
  #next = 0;

  constructor(readonly chat: Pick<Chat, "store" | "now">) {}

  /** Sweeps at most once an hour. Any number of processes may do so. @throws {Unavailable} */
  async sweep(): Promise<void> {
    const { store, now } = this.chat, at = now();
    if (at < this.#next) return;
    this.#next = at + everyMs;
    while (await dropOldQuestions(store, at, mostAtOnce) === mostAtOnce);
  }
}
