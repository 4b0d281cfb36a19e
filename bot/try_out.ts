import type { BotTried, BotTry } from "../protocol/bot_try.ts";
import { chatbotOf } from "../chat/chatbots/chatbots.ts";
import type { Store } from "../db/store.ts";
import type { Brain, Reading } from "./brain.ts";
import { wordsIn } from "./turn/words.ts";

/** How the bot understands a text now, and what it is based on. @throws {UnknownAdmin | Unavailable} */
export async function tryOut(
  { store, brain }: { store: Store; brain: Brain },
  workspace: string,
  { text, locale }: BotTry,
): Promise<BotTried> {
  const { bot, locale: own } = await chatbotOf({ store }, workspace);
  const asked = { text, locale: locale ?? (own || undefined), threshold: bot.threshold };
  const reading = await brain.read(workspace, asked, { isNewest: true });
  const languages = [reading.language, asked.locale].filter((tag) => tag !== undefined);
  return {
    ...{ kind: reading.kind, offers: [] },
    ...(reading.language !== undefined && { language: reading.language }),
    ...("confidence" in reading && { confidence: reading.confidence }),
    ...outcome(reading, { languages, handoffText: bot.handoff_text }),
    ...await brain.guesses(workspace, text, locale),
    passages: await brain.passages(workspace, text),
  };
}

function outcome(
  reading: Reading,
  { languages, handoffText }: { languages: string[]; handoffText: string },
): Pick<BotTried, "says" | "answer" | "flow"> & { offers?: BotTried["offers"] } {
  const words = wordsIn(...languages);
  switch (reading.kind) {
    case "small_talk":
      return { says: reading.text };
    case "answer":
      return { says: reading.text.body, answer: { id: reading.answer.id, title: reading.text.title } };
    case "offer":
      return { says: words.offer, offers: reading.answers };
    case "flow":
      return { flow: { id: reading.id } };
    case "person":
    case "unknown":
      return { says: handoffText || words.handoff };
    default:
      return reading satisfies never;
  }
}
