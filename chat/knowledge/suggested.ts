import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { answer } from "./knowledge.ts";
import { variantFor } from "./variant.ts";

/**
 * The questions that a chatbot offers before the first text, in the wanted language where its answers have it; none unless
 * the bot answers. Anyone may read them. @throws {UnknownAdmin}
 */
export async function suggestedQuestions(
  chat: Chat,
  username: string,
  locale = "",
): Promise<{ title: string }[]> {
  const { username: workspace, bot, locale: own } = await chatbotOf(chat, username);
  if (bot.mode !== "answer") return [];
  const found = await Promise.all(bot.suggested.map((id) => answer(chat.store, workspace, id)));
  const wanted = [locale, own].filter(Boolean);
  return found.flatMap((one) => one?.enabled ? [{ title: variantFor(one, wanted).title }] : []);
}
