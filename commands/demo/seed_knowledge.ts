import { NewAnswer, NewArticle } from "../../protocol/knowledge.ts";
import { saveChatbot } from "../../chat/chatbots/chatbots.ts";
import type { Chat } from "../../chat/chat.ts";
import { addAnswer } from "../../chat/knowledge/answers.ts";
import { addArticle } from "../../chat/knowledge/articles.ts";
import { actIn } from "../../chat/team/acting.ts";
import { answers, articles, suggested } from "./knowledge.ts";
import { demoAdmin } from "./seed_demo.ts";

/** Gives the demo's chatbot what it answers from, and turns it on. */
export async function seedKnowledge(chat: Chat): Promise<void> {
  const account = await chat.store.account(demoAdmin);
  const who = await actIn(chat, { username: demoAdmin, account: account!.id });
  const ids = new Map<string, string>();
  for (const one of answers) ids.set(one.title, (await addAnswer(chat, who, NewAnswer.parse(one))).id);
  for (const one of articles) await addArticle(chat, who, NewArticle.parse(one));
  const bot = { mode: "answer", name: "Lumi", suggested: suggested.map((title) => ids.get(title)) };
  await saveChatbot(chat, demoAdmin, { bot });
}
