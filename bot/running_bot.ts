import type { SuggestedAnswer } from "../chat/bot/bot.ts";
import type { Chat } from "../chat/chat.ts";
import { exactBrain } from "./exact_brain.ts";
import { suggestedAnswers } from "./suggested_answers.ts";
import { Turns } from "./turn/turns.ts";

/** The bot of a process. */
export interface RunningBot {
  turns: Turns;
  /** The answers that come nearest to a text, best first. @throws {Unavailable} */
  guesses(workspace: string, text: string): Promise<SuggestedAnswer[]>;
  /** Resolves when no turn runs any more. */
  close(): Promise<void>;
}

interface Surroundings {
  chat: Chat;
  /** Of this process. */
  instance: string;
  onFault(error: unknown): void;
}

/** Starts the bot of a process. */
export function openBot(surroundings: Surroundings): RunningBot {
  const { store } = surroundings.chat, brain = exactBrain(store);
  const turns = new Turns({
    ...surroundings,
    brain,
    flow: () => Promise.resolve(undefined),
    greeting: () => Promise.resolve(undefined),
  });
  return {
    turns,
    guesses: (workspace, text) => suggestedAnswers({ store, brain }, workspace, text),
    close: () => turns.stop(),
  };
}
