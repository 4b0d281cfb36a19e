import type { QuestionName, ReviewAct, Reviewed } from "../../protocol/bot_review.ts";
import type { AnswerSeen } from "../../protocol/knowledge.ts";
import {
  type BotQuestion,
  botQuestions,
  type QuestionKey,
  questionKey,
  type QuestionReview,
} from "../../db/collections/bot_questions.ts";
import type { Chat } from "../../chat/chat.ts";
import { AlreadyReviewed, KnowledgeChanged, NoSuch } from "../../chat/errors.ts";
import { addAnswer, changeAnswer, dropAnswer, readAnswer } from "../../chat/knowledge/answers.ts";
import { demand } from "../../chat/permissions.ts";
import type { AdminWho, Who } from "../../chat/who.ts";
import { newPhrases } from "./phrases.ts";

/** Questions decided about in one commit, so that of two members one decides about all of them. */
const together = 40;
/** Attempts to change an answer that others change. */
const mostAttempts = 5;

interface Work {
  chat: Chat;
  who: AdminWho;
  workspace: string;
  names: QuestionName[];
}

/**
 * Carries out what a member has decided about questions. Of two members who decide about the same one, the second is told so.
 * @throws {Forbidden | NotAllowed | AlreadyReviewed | NoSuch | InvalidInput | QuotaReached | Unavailable}
 */
export async function decide(chat: Chat, who: Who, act: ReviewAct): Promise<Reviewed> {
  const workspace = demand(who, "content");
  const names = [...new Map(act.questions.map((one) => [`${one.consumer} ${one.seq}`, one])).values()];
  const work: Work = { chat, who: who as AdminWho, workspace, names };
  if (act.undo) return await takeBack(work);
  if (act.answer !== undefined) return await assign(work, act.answer);
  if (act.new) return await makeAnswer(work, act.new);
  const taken = await take(work, await askedIn(work), () => ({ dismissed: true }));
  return { reviewed: taken.length, phrases: 0 };
}

/** The questions become phrases of an answer. */
async function assign(work: Work, id: string): Promise<Reviewed> {
  const answer = await readAnswer(work.chat, work.who, id), asked = await askedIn(work);
  const phrases = newPhrases(answer, textsOf(asked));
  const taken = await take(work, asked, ({ text }) => {
    const phrase = phrases.get(text);
    return { answer: id, ...(phrase !== undefined && { phrase }) };
  });
  const texts = textsOf({ ...asked, logged: taken });
  try {
    const added = await changePhrases(work, id, ({ phrases, ...rest }) => {
      return [...phrases, ...newPhrases({ phrases, ...rest }, texts).values()];
    });
    return { reviewed: taken.length, answer: { id, title: answer.title }, phrases: added };
  } catch (error) {
    await release(work, taken);
    throw error;
  }
}

/** The questions become the phrases of a new answer. */
async function makeAnswer(work: Work, { title, body }: { title: string; body: string }): Promise<Reviewed> {
  const { chat, who } = work, asked = await askedIn(work);
  if (isDecided(asked)) throw new AlreadyReviewed();
  const phrases = [...newPhrases({ title, phrases: [] }, textsOf(asked)).values()];
  const rest = { locales: {}, buttons: [], enabled: true, source: "learned" } as const;
  const { id } = await addAnswer(chat, who, { title, body, phrases, ...rest, buttons: [] });
  const taken = await take(work, asked, () => ({ answer: id, isNew: true })).catch(async (error) => {
    await dropAnswer(chat, who, id);
    throw error;
  });
  return { reviewed: taken.length, answer: { id, title }, phrases: phrases.length };
}

/** The questions that a decision is about. */
interface Asked {
  logged: BotQuestion[];
  /** Visitors' texts that the bot has not read. */
  others: string[];
}

const textsOf = ({ logged, others }: Asked) => [...logged.map(({ text }) => text), ...others];
const isDecided = ({ logged, others }: Asked) =>
  others.length === 0 && logged.every(({ review }) => review !== undefined);

const keyIn = ({ workspace }: Work, { consumer, seq }: QuestionName): QuestionKey => ({
  workspace,
  consumer,
  seq,
});

/** @throws {NoSuch} if none of them exists */
async function askedIn(work: Work): Promise<Asked> {
  const found = await botQuestions.getMany(
    work.chat.store,
    work.names.map((name) => questionKey(keyIn(work, name))),
  );
  const logged = found.filter((one) => one !== undefined), others: string[] = [];
  for (const [i, { consumer, seq }] of work.names.entries()) {
    if (found[i]) continue;
    const key = { admin: work.workspace, consumer };
    const [message] = await work.chat.store.messagesAfter(key, seq - 1, 1);
    const isText = message?.seq === seq && message.side === "visitor" && message.kind === "text";
    if (isText) others.push(message.content);
  }
  if (logged.length + others.length === 0) throw new NoSuch("question");
  return { logged, others };
}

type Decision = Omit<QuestionReview, "by" | "at">;

/** Marks the questions that nobody has decided about. Returns those. @throws {AlreadyReviewed} if there are none */
async function take(
  { chat, who }: Work,
  asked: Asked,
  decision: (question: BotQuestion) => Decision,
): Promise<BotQuestion[]> {
  const taken: BotQuestion[] = [], at = chat.now(), by = who.agent.id;
  for (let from = 0; from < asked.logged.length; from += together) {
    const keys = asked.logged.slice(from, from + together).map(questionKey);
    taken.push(
      ...await botQuestions.updateMany(chat.store, keys, (now) => {
        return now.review ? undefined : { ...now, review: { ...decision(now), by, at } };
      }),
    );
    if (taken.length === 0) break;
  }
  if (taken.length + asked.others.length === 0) throw new AlreadyReviewed();
  return taken;
}

/** Nobody has decided about these questions any more. Returns their number. */
async function release({ chat, who }: Work, questions: readonly BotQuestion[]): Promise<number> {
  const released = await botQuestions.updateMany(chat.store, questions.map(questionKey), (now) => {
    if (now.review?.by !== who.agent.id) return undefined;
    const { review: _, ...rest } = now;
    return rest;
  });
  return released.length;
}

/** Takes the member's own decisions back: removes the phrases that they added, and answers that nobody has changed since. */
async function takeBack(work: Work): Promise<Reviewed> {
  const { who } = work, { logged } = await askedIn(work);
  const own = logged.filter(({ review }) => review?.by === who.agent.id);
  let removed = 0;
  for (const [id, some] of Map.groupBy(own, ({ review }) => review!.answer)) {
    if (id !== undefined) removed += await removeFrom(work, id, some);
  }
  return { reviewed: await release(work, own), phrases: removed };
}

async function removeFrom(work: Work, id: string, questions: readonly BotQuestion[]): Promise<number> {
  const { chat, who } = work, phrases = new Set(questions.map(({ review }) => review!.phrase));
  try {
    if (!questions.some(({ review }) => review!.isNew)) {
      return await changePhrases(work, id, (before) => before.phrases.filter((one) => !phrases.has(one)));
    }
    const { phrases: all } = await readAnswer(chat, who, id);
    await dropAnswer(chat, who, id, 1);
    return all.length;
  } catch (error) {
    // It was deleted, or changed by hand: then it stays.
    if (error instanceof NoSuch || error instanceof KnowledgeChanged) return 0;
    throw error;
  }
}

/** Changes the phrases of an answer, again if somebody else changes it meanwhile. Returns how many more or fewer it has. */
async function changePhrases(
  { chat, who }: Work,
  id: string,
  next: (before: AnswerSeen) => string[],
): Promise<number> {
  for (let attempt = 1;; attempt++) {
    const before = await readAnswer(chat, who, id), phrases = next(before);
    const change = Math.abs(phrases.length - before.phrases.length);
    if (change === 0) return 0;
    try {
      await changeAnswer(chat, who, { id, phrases, version: before.version });
      return change;
    } catch (error) {
      if (!(error instanceof KnowledgeChanged) || attempt === mostAttempts) throw error;
    }
  }
}
