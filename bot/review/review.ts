import type { AnswerGuess, QuestionGroup, Review, TeamReply } from "../../protocol/bot_review.ts";
import { type BotQuestion, questionsToReview } from "../../db/collections/bot_questions.ts";
import type { Chat } from "../../chat/chat.ts";
import { demand } from "../../chat/permissions.ts";
import type { Who } from "../../chat/who.ts";
import { type Group, groupQuestions } from "./groups.ts";
import { nearAnswers, replyTo } from "./replies.ts";

/** The newest questions that are grouped. */
const mostRead = 500;
const mostOthers = 5, mostGuesses = 3;
/** Of an answer. UTF-16 code units. */
const excerptLength = 140;
/** Questions of a group that a person's answer is looked for. */
const mostAsked = 3;
/** Questions of a group that one decision is about. */
const mostNamed = 100;

/**
 * The questions that a member's decision teaches the bot most, grouped.
 * @throws {Forbidden | NotAllowed | Unavailable}
 */
export async function review(chat: Chat, who: Who, limit: number): Promise<Review> {
  const workspace = demand(who, "content");
  const questions = await questionsToReview(chat.store, workspace, mostRead);
  const groups = (await groupQuestions(questions)).slice(0, limit);
  const replies = await repliesOf(chat, workspace, groups);
  return {
    groups: await Promise.all(groups.map(async (group, i) => ({
      ...seenGroup(group),
      guesses: await guessesOf(chat, workspace, group[0].text),
      ...(replies[i] && { reply: replies[i] }),
    }))),
    waiting: questions.length,
  };
}

async function guessesOf({ bot }: Chat, workspace: string, text: string): Promise<AnswerGuess[]> {
  const found = await bot?.guesses(workspace, text) ?? [];
  return found.slice(0, mostGuesses).map(({ id, title, body, confidence }) => ({
    ...{ id, title, confidence, excerpt: excerptOf(body) },
  }));
}

const excerptOf = (body: string) => body.slice(0, excerptLength).replace(/\s+/gu, " ").toWellFormed();

function seenGroup(group: Group): Omit<QuestionGroup, "guesses"> {
  const [{ text, outcome, reason }] = group;
  const used = group.find((one) => one.used !== undefined)?.used;
  const others = [...new Set(group.map((one) => one.text))].filter((one) => one !== text);
  return {
    ...{ text, outcome, count: group.length },
    ...(reason && { reason }),
    since: new Date(Math.min(...group.map(({ at }) => at))).toISOString(),
    others: others.slice(0, mostOthers),
    questions: group.slice(0, mostNamed).map(({ consumer, seq }) => ({ consumer, seq })),
    ...(used !== undefined && { used }),
  };
}

/** By group: what a person has answered to a question of it that the bot had handed over. */
async function repliesOf(
  { store }: Chat,
  workspace: string,
  groups: readonly Group[],
): Promise<(TeamReply | undefined)[]> {
  const found = await Promise.all(groups.map(async (group) => {
    const handedOff = group.filter(({ outcome }) => outcome === "handed_off").slice(0, mostAsked);
    return await firstReply(store, handedOff);
  }));
  const near = await nearAnswers(store, workspace, found.flatMap((one) => one?.text ?? []));
  return found.map((one) => {
    const same = one && near.shift();
    return same ? { ...one, near: same } : one;
  });
}

async function firstReply(
  store: Chat["store"],
  questions: readonly BotQuestion[],
): Promise<TeamReply | undefined> {
  for (const question of questions) {
    const reply = await replyTo(store, question);
    if (!reply) continue;
    const { seq, content: text, created: at, by } = reply;
    return { consumer: question.consumer, seq, text, at, ...(typeof by === "object" && { by: by.id }) };
  }
}
