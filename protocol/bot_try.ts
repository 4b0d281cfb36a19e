import { z } from "zod";
import { DeskId } from "./desk.ts";
import { LanguageTag } from "./knowledge.ts";
import { plainText } from "./text.ts";

const Share = z.number().min(0).max(1);
const Named = z.object({ id: DeskId, title: z.string() });

/** The body of `POST /messages/api/bot/try`: a question as a visitor may ask it. */
export const BotTry = z.object({
  text: plainText(1, 1_000),
  locale: LanguageTag.optional().describe("the visitor's"),
});
export type BotTry = z.infer<typeof BotTry>;

/** Answer to `POST /messages/api/bot/try`: how the newest answers and flows let it be understood. */
export const BotTried = z.object({
  kind: z.enum(["person", "small_talk", "answer", "offer", "flow", "unknown"]).describe(
    "person and unknown: it hands over; unknown: a language model is asked first, where there is one",
  ),
  language: z.string().optional().describe("that the text shows"),
  confidence: Share.optional().describe("of an answer, offer or flow"),
  says: z.string().optional().describe("what the visitor reads; absent for a flow"),
  answer: Named.optional(),
  flow: z.object({ id: DeskId }).optional(),
  offers: z.array(Named).max(3).describe("the buttons of an offer"),
  guesses: z.array(Named.extend({
    confidence: Share,
    nearest: z.string().describe("the title or phrase that is most like the text"),
  })).max(3).describe("best first"),
  passages: z.array(z.object({
    source: z.object({
      article: DeskId.optional(),
      answer: DeskId.optional(),
      title: z.string(),
      url: z.string().optional(),
    }),
    text: z.string(),
  })).max(5).describe("what a language model would be given, together at most 4,000 characters"),
});
export type BotTried = z.infer<typeof BotTried>;

/** Answer to `GET /messages/api/bot/report_card`: each quarter of the phrases is guessed from the other three. */
export const ReportCard = z.object({
  labels: z.int().min(0).describe("answers and flows"),
  phrases: z.int().min(0).describe("their titles and phrases"),
  accuracy: Share.optional().describe("questions whose best guess is right; absent with too few phrases"),
  answered: Share.optional().describe("questions that are answered at the threshold"),
  precision: Share.optional().describe("of the answered ones, those that are answered rightly"),
  confused: z.array(z.object({ asked: Named, taken_for: Named, times: z.int().min(1) })).max(5).describe(
    "answers that are given instead of others, most frequent first",
  ),
  few_phrases: z.object({
    answers: z.array(Named.extend({ phrases: z.int().min(0) })).max(50).describe("fewest first"),
    total: z.int().min(0),
  }).describe("answers with fewer than five phrases"),
});
export type ReportCard = z.infer<typeof ReportCard>;
