import {
  type BotQuestion,
  botQuestions,
  dropQuestions,
  type QuestionKey,
  questionKey,
  type QuestionOutcome,
  questionsOf,
} from "../../db/collections/bot_questions.ts";
import type { RecordStore } from "../../db/collection.ts";
import type { RoomKey } from "../../db/room.ts";

/** Stored part of a question. UTF-16 code units. */
const maxQuestionText = 300;
/** How long a question is kept. Milliseconds. */
export const questionsKeptMs = 90 * 86_400_000;
/** Older ones deleted with each new one. */
const mostDropped = 5;
/** Questions read at once for a move. */
const mostMoved = 100;

/**
 * Stores what a visitor asked and what the bot made of it; the same question is stored once. Deletes some of those that
 * are too old. @throws {Unavailable}
 */
export async function logQuestion(
  store: RecordStore,
  question: Omit<BotQuestion, "used" | "review" | "before" | "changed">,
): Promise<void> {
  const text = question.text.slice(0, maxQuestionText).toWellFormed();
  await botQuestions.create(store, { ...question, text });
  await dropOldQuestions(store, question.at, mostDropped);
}

/**
 * Records what became of a question: `at` in milliseconds since 1970. Nothing happens to one that is not stored.
 * @throws {Unavailable}
 */
export async function markOutcome(
  store: RecordStore,
  key: QuestionKey,
  { outcome, reason, at }: { outcome: QuestionOutcome; reason?: string; at: number },
): Promise<void> {
  await botQuestions.update(store, questionKey(key), (now) => {
    if (!now || (now.outcome === outcome && now.reason === reason)) return undefined;
    const before = outcome === "handed_off" ? now.before ?? now.outcome : undefined;
    const { reason: _, before: __, ...rest } = now;
    return { ...rest, outcome, changed: at, ...(reason && { reason }), ...(before && { before }) };
  });
}

/**
 * Moves a visitor's questions to the room that its messages were moved to, behind `base` messages. Where that
 * number is not known, of a merge by an earlier version, the questions are left under the former id, with which they are deleted.
 * @throws {Unavailable}
 */
export async function moveQuestions(
  store: RecordStore,
  { admin: workspace, consumer }: RoomKey,
  to: { consumer: string; base?: number },
): Promise<void> {
  const { base } = to;
  if (base === undefined) return;
  const room = { workspace, consumer };
  for (let some; (some = await questionsOf(store, room, mostMoved)).length > 0;) {
    for (const question of some) {
      await botQuestions.put(store, { ...question, consumer: to.consumer, seq: question.seq + base });
      await botQuestions.remove(store, questionKey(question));
    }
  }
}

/** Deletes what is kept of a text that its visitor has deleted. @throws {Unavailable} */
export async function forgetQuestion(
  store: RecordStore,
  { admin: workspace, consumer }: RoomKey,
  seq: number,
): Promise<void> {
  await botQuestions.remove(store, questionKey({ workspace, consumer, seq }));
}

/** Deletes questions that are older than 90 days, at most `limit` of them. Returns their number. @throws {Unavailable} */
export function dropOldQuestions(store: RecordStore, now: number, limit: number): Promise<number> {
  return dropQuestions(store, now - questionsKeptMs, limit);
}
