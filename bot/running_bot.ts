import type { SuggestedAnswer } from "../chat/bot/bot.ts";
import type { Chat } from "../chat/chat.ts";
import { allFlows, flow, isGreeting } from "../chat/flows/flows.ts";
import type { Log } from "../chat/monitoring/log.ts";
import { Brain } from "./brain.ts";
import { tryOut } from "./try_out.ts";
import type { BotTried, BotTry, ReportCard } from "../protocol/bot_try.ts";
import { chatbotOf } from "../chat/chatbots/chatbots.ts";
import type { Endpoint } from "./llm/completion.ts";
import { LanguageModel } from "./llm/language_model.ts";
import { suggestedAnswers } from "./suggested_answers.ts";
import { Turns } from "./turn/turns.ts";

/** The bot of a process. */
export interface RunningBot {
  turns: Turns;
  /** The answers that come nearest to a text, best first. @throws {Unavailable} */
  guesses(workspace: string, text: string): Promise<SuggestedAnswer[]>;
  /** How a text is understood now. @throws {UnknownAdmin | Unavailable} */
  tryOut(workspace: string, asked: BotTry): Promise<BotTried>;
  /** @throws {UnknownAdmin | Unavailable} */
  reportCard(workspace: string): Promise<ReportCard>;
  /** Resolves when no turn runs any more. */
  close(): Promise<void>;
}

interface Surroundings {
  chat: Chat;
  /** Of this process. */
  instance: string;
  /** The operator's language model; absent: none. */
  llm?: Endpoint;
  log: Pick<Log, "warn">;
  onFault(error: unknown): void;
}

/** Starts the bot of a process. */
export function openBot(surroundings: Surroundings): RunningBot {
  const { chat: { store, metrics }, llm, log, onFault } = surroundings, brain = new Brain(store, onFault);
  const model = llm && new LanguageModel({ endpoint: llm, store, log, metrics });
  const turns = new Turns({
    ...surroundings,
    brain,
    generate: model?.generate,
    flow: (workspace, id) => flow({ store }, workspace, id),
    greeting: async (workspace) => (await allFlows(store, workspace)).find(isGreeting),
  });
  return {
    turns,
    guesses: (workspace, text) => suggestedAnswers({ store, brain }, workspace, text),
    tryOut: (workspace, asked) => tryOut({ store, brain }, workspace, asked),
    reportCard: async (workspace) => {
      const { bot: { threshold } } = await chatbotOf({ store }, workspace);
      return await brain.reportCard(workspace, threshold);
    },
    async close() {
      await turns.stop();
      await brain.close();
    },
  };
}
