import type { AnswerDraft, QuestionName, SuggestionUsed } from "../../protocol/bot_review.ts";
import { botQuestions, questionKey } from "../../db/collections/bot_questions.ts";
import type { Chat } from "../../chat/chat.ts";
import { logQuestion } from "../../chat/bot/questions.ts";
import { NoSuch, UnknownRoom } from "../../chat/errors.ts";
import { answer as answerOf } from "../../chat/knowledge/knowledge.ts";
import { demand } from "../../chat/permissions.ts";
import { roomOf, type Who } from "../../chat/who.ts";
import { nearAnswers } from "./replies.ts";

/** Texts before an answer among which the question is looked for. */
const mostRead = 20;

/**
 * Records that an agent has inserted a suggested answer: a label that a reviewer needs only confirm.
 * @throws {Forbidden | NotAllowed | NoSuch | UnknownRoom | Unavailable}
 */
export async function useSuggestion(
  chat: Chat,
  who: Who,
  { consumer, seq, answer }: SuggestionUsed,
): Promise<void> {
  const workspace = demand(who, "write"), key = { workspace, consumer, seq };
  if (!await answerOf(chat.store, workspace, answer)) throw new NoSuch("answer");
  const text = await visitorsText(chat, who, { consumer, seq });
  await logQuestion(chat.store, { ...key, text, at: chat.now(), outcome: "suggested" });
  await botQuestions.update(chat.store, questionKey(key), (now) => now && { ...now, used: answer });
}

async function visitorsText(chat: Chat, who: Who, { consumer, seq }: QuestionName): Promise<string> {
  const [message] = await chat.store.messagesAfter(roomOf(who, consumer), seq - 1, 1);
  if (!message) throw new UnknownRoom(consumer);
  if (message.seq !== seq || message.side !== "visitor" || message.kind !== "text") {
    throw new NoSuch("question");
  }
  return message.content;
}

/**
 * What an answer made of a text of the team begins with.
 * @throws {Forbidden | NotAllowed | NoSuch | Unavailable}
 */
export async function draftAnswer(
  chat: Chat,
  who: Who,
  { consumer, seq }: QuestionName,
): Promise<AnswerDraft> {
  const workspace = demand(who, "content"), key = roomOf(who, consumer);
  const texts = await chat.store.messagesBefore(key, seq + 1, mostRead, "text");
  const text = texts.at(-1);
  if (text?.seq !== seq || text.side !== "admin" || text.deleted) throw new NoSuch("message");
  const asked = texts.findLast((one) => one.side === "visitor" && !one.reply && !one.deleted);
  const [near] = await nearAnswers(chat.store, workspace, [text.content]);
  return {
    ...(asked && { question: { consumer, seq: asked.seq, text: asked.content } }),
    body: text.content,
    ...(near && { near }),
  };
}
