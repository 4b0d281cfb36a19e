import { z } from "zod";
import { maxReportDays } from "./limits.ts";

const dayMs = 86_400_000;
const LocalDate = z.iso.date("a date as YYYY-MM-DD");
const Count = z.int().min(0);

/** The query of `GET /messages/api/reports/bot` and of `…/bot.csv`. */
export const BotReportQuery = z.object({
  from: LocalDate.describe("the first day, in the workspace's time zone"),
  to: LocalDate.describe("the last day"),
})
  .refine(({ from, to }) => from <= to, { error: "to must not be before from", path: ["to"] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < maxReportDays * dayMs, {
    error: `at most ${maxReportDays} days`,
    path: ["to"],
  });
export type BotReportQuery = z.infer<typeof BotReportQuery>;

/** What became of a number of questions to the bot. */
export const BotFigures = z.object({
  questions: Count.describe("without small talk"),
  answered: Count.describe("also those that were handed over later"),
  generated: Count.describe("of the answered ones, by the language model"),
  offered: Count.describe("answers were offered, and none was taken"),
  handed_off: Count.describe("to people"),
  small_talk: Count,
  helpful: Count.describe("visitors said so"),
  unhelpful: Count.describe("visitors said so, or wanted a person within two minutes"),
});
export type BotFigures = z.infer<typeof BotFigures>;

/** Answer to `GET /messages/api/reports/bot`. */
export const BotReport = z.object({
  from: LocalDate,
  to: LocalDate,
  today: LocalDate,
  time_zone: z.string(),
  total: BotFigures,
  days: z.array(BotFigures.extend({ date: LocalDate })),
  conversations: z.object({
    with_bot: Count.describe("in which the bot wrote"),
    without_person: Count.describe("of those, resolved without a person"),
  }),
  reasons: z.array(z.object({ reason: z.string(), count: Count })).describe("why it handed over"),
  unanswered: z.array(z.object({ text: z.string(), count: Count })).describe(
    "questions without an answer, nearly the same ones together, the most frequent first",
  ),
});
export type BotReport = z.infer<typeof BotReport>;
