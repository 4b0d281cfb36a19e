import { z } from "zod";
import { DeskId } from "./desk.ts";
import { maxReviewedAtOnce } from "./limits.ts";
import { Consumer } from "./names.ts";
import { NewAnswer } from "./knowledge.ts";
import { Time } from "./records.ts";

export const QuestionName = z.object({ consumer: Consumer, seq: z.int().min(1) });
export type QuestionName = z.infer<typeof QuestionName>;

export const QuestionOutcome = z.enum([
  "answered",
  "offered",
  "helpful",
  "unhelpful",
  "handed_off",
  "small_talk",
  "generated",
  "suggested",
]);
export type QuestionOutcome = z.infer<typeof QuestionOutcome>;

/** An answer that may be meant. */
export const AnswerGuess = z.object({
  id: DeskId,
  title: z.string(),
  excerpt: z.string().describe("of its body"),
  confidence: z.number().min(0).max(1),
});
export type AnswerGuess = z.infer<typeof AnswerGuess>;

/** What a person of the team answered to a question that the bot had handed over. */
export const TeamReply = z.object({
  consumer: z.string(),
  seq: z.int().min(1),
  text: z.string(),
  at: Time,
  by: z.string().optional().describe("id of the member; absent: the only one"),
  near: z.object({ id: DeskId, title: z.string() }).optional().describe(
    "an answer that says nearly the same",
  ),
});
export type TeamReply = z.infer<typeof TeamReply>;

/** Questions that are nearly the same. */
export const QuestionGroup = z.object({
  text: z.string().describe("of the question that the bot was least sure of"),
  outcome: QuestionOutcome.describe("of that question"),
  reason: z.string().optional().describe("why it was handed over"),
  count: z.int().min(1),
  since: Time.describe("when the oldest was asked"),
  others: z.array(z.string()).describe("other wordings, at most 5"),
  questions: z.array(QuestionName).describe("all of them, the least sure first"),
  guesses: z.array(AnswerGuess).max(3).describe("best first"),
  used: z.string().optional().describe("id of the answer that an agent inserted for one of them"),
  reply: TeamReply.optional(),
});
export type QuestionGroup = z.infer<typeof QuestionGroup>;

/** Answer to `GET /messages/api/bot/review`. */
export const Review = z.object({
  groups: z.array(QuestionGroup).describe("those first that a decision teaches the bot most"),
  waiting: z.int().min(0).describe("questions that nobody has decided about, of the newest 500"),
});
export type Review = z.infer<typeof Review>;

export const ReviewQuery = z.object({ limit: z.coerce.number().int().min(1).max(20).default(20) });

const { title, body } = NewAnswer.shape;

/** The body of `POST /messages/api/bot/review`: what a member decides about some questions. */
export const ReviewAct = z.object({
  questions: z.array(QuestionName).min(1).max(maxReviewedAtOnce),
  answer: DeskId.optional().describe("they ask for this answer: they become its phrases"),
  new: z.object({ title, body }).optional().describe("they ask for an answer that does not exist yet"),
  dismiss: z.literal(true).optional().describe("they ask for nothing"),
  undo: z.literal(true).optional().describe("takes the own decision back"),
}).refine(
  (act) => [act.answer, act.new, act.dismiss, act.undo].filter((one) => one !== undefined).length === 1,
  "one of answer, new, dismiss, undo",
);
export type ReviewAct = z.infer<typeof ReviewAct>;

/** Answer to `POST /messages/api/bot/review`. */
export const Reviewed = z.object({
  reviewed: z.int().min(0).describe("questions; a colleague may have decided about others meanwhile"),
  answer: z.object({ id: DeskId, title: z.string() }).optional(),
  phrases: z.int().min(0).describe("how many were added, or by an undo removed"),
});
export type Reviewed = z.infer<typeof Reviewed>;

/** The body of `POST /messages/api/bot/used`: an agent has inserted a suggested answer. */
export const SuggestionUsed = QuestionName.extend({ answer: DeskId });
export type SuggestionUsed = z.infer<typeof SuggestionUsed>;

/** The query of `GET /messages/api/bot/draft`: a text of the team, to be made an answer. */
export const DraftQuery = z.object({ consumer: Consumer, seq: z.coerce.number().int().min(1) });

/** Answer to `GET /messages/api/bot/draft`. */
export const AnswerDraft = z.object({
  question: QuestionName.extend({ text: z.string() }).optional().describe("the visitor's text before it"),
  body: z.string(),
  near: z.object({ id: DeskId, title: z.string() }).optional().describe(
    "an answer that says nearly the same",
  ),
});
export type AnswerDraft = z.infer<typeof AnswerDraft>;
