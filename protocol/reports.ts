import { z } from "zod";
import { maxReportDays } from "./limits.ts";
import { Time } from "./records.ts";
import { isStorable } from "./text.ts";

const dayMs = 86_400_000;
const LocalDate = z.iso.date("a date as YYYY-MM-DD");
const EpisodeId = z.string().min(1).max(64).refine(isStorable, "a broken character");

/** What the rows of a report stand for. */
export const ReportBy = z.enum(["member", "team", "label"]);
export type ReportBy = z.infer<typeof ReportBy>;

const span = {
  from: LocalDate.describe("the first day, in the workspace's time zone"),
  to: LocalDate.describe("the last day"),
  team: z.string().max(64).optional().describe("only this team's conversations"),
};
type Span = { from: string; to: string };
const isForward = ({ from, to }: Span) => from <= to;
const isBounded = ({ from, to }: Span) => Date.parse(to) - Date.parse(from) < maxReportDays * dayMs;
const forward = { error: "to must not be before from", path: ["to"] };
const bounded = { error: `at most ${maxReportDays} days`, path: ["to"] };

/** The query of `GET /messages/api/reports`. */
export const ReportQuery = z.object({ ...span, by: ReportBy.default("member") })
  .refine(isForward, forward).refine(isBounded, bounded);
export type ReportQuery = z.infer<typeof ReportQuery>;

/** The query of `GET /messages/api/reports/episodes.csv`. */
export const EpisodesQuery = z.object(span).refine(isForward, forward).refine(isBounded, bounded);
export type EpisodesQuery = z.infer<typeof EpisodesQuery>;

const Seconds = z.int().min(0);
const Count = z.int().min(0);

/** Half and nine tenths of these took no longer. Seconds; `working_…`: within business hours. */
export const Durations = z.object({
  count: Count,
  p50: Seconds.optional(),
  p90: Seconds.optional(),
  working_p50: Seconds.optional(),
  working_p90: Seconds.optional(),
});
export type Durations = z.infer<typeof Durations>;

/** What a number of conversations adds up to: those that began in the span. */
export const ReportFigures = z.object({
  new: Count,
  resolved: Count.describe("of the new ones"),
  answered: Count.describe("in which a person wrote"),
  bot_alone: Count.describe("in which the bot wrote and no person"),
  handed_off: Count.describe("by the bot"),
  first_reply: Durations.describe("from when the visitor began to wait for a person"),
  waiting: Durations.describe("all waits of a conversation that a person ended"),
  resolution: Durations.describe("from opened until resolved"),
  rating: z.object({ asked: Count, count: Count, sum: Count }),
});
export type ReportFigures = z.infer<typeof ReportFigures>;

/** A local day of a report. */
export const ReportDay = z.object({
  date: LocalDate,
  new: Count,
  resolved: Count,
  answered: Count,
  bot_alone: Count,
  first_reply: Durations,
  rating: z.object({ count: Count, sum: Count }),
});
export type ReportDay = z.infer<typeof ReportDay>;

/** Answer to `GET /messages/api/reports`. */
export const Report = z.object({
  from: LocalDate,
  to: LocalDate,
  today: LocalDate,
  time_zone: z.string(),
  complete: z.boolean().describe("false while earlier conversations are still being counted: ask again"),
  total: ReportFigures,
  before: ReportFigures.describe("of as many days before"),
  days: z.array(ReportDay),
  groups: z.array(ReportFigures.extend({ id: z.string().describe("empty: of none") })).describe(
    "by member or team they add up to the total; a conversation with several labels counts for each",
  ),
  hours: z.array(z.array(Count)).describe("new conversations by weekday, from Monday, and hour"),
});
export type Report = z.infer<typeof Report>;

/** A visitor rates an episode of its own. */
export const Rate = z.object({
  command: z.literal("rate"),
  episode: EpisodeId.describe("as the message that asks for it names it"),
  score: z.int().min(1).max(5),
  comment: z.string().max(1_000).refine(isStorable, "a broken character").optional(),
});

/** The rating is stored. */
export const Rated = z.object({
  command: z.literal("rated"),
  episode: z.string(),
  score: z.int(),
  until: Time.describe("when it can be changed last"),
});
