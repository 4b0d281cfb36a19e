import type { Chat } from "../chat/chat.ts";
import { exactBrain } from "./exact_brain.ts";
import { Turns } from "./turn/turns.ts";

/** The bot of a process. */
export interface RunningBot {
  turns: Turns;
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
  const turns = new Turns({
    ...surroundings,
    brain: exactBrain(surroundings.chat.store),
    flow: () => Promise.resolve(undefined),
    greeting: () => Promise.resolve(undefined),
  });
  return { turns, close: () => turns.stop() };
}
