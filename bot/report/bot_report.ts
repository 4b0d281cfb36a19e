import type { BotFigures, BotReport, BotReportQuery } from "../../protocol/bot_report.ts";
import { type BotQuestion, questionsSince } from "../../db/collections/bot_questions.ts";
import type { Chat } from "../../chat/chat.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { csvRow } from "../../chat/csv.ts";
import { demand } from "../../chat/permissions.ts";
import { episodesWithin } from "../../chat/reports/report.ts";
import { dateOf, dayOf, zoneOf } from "../../chat/time/zone.ts";
import type { Who } from "../../chat/who.ts";
import { groupQuestions } from "../review/groups.ts";
import { TimeSlices } from "../time_slices.ts";

const dayMs = 86_400_000;
/** Questions per read, and the newest unanswered ones that are grouped. */
const atOnce = 250, mostGrouped = 500;
const mostShown = 10;

const nothing = (): BotFigures => ({
  ...{ questions: 0, answered: 0, generated: 0, offered: 0, handed_off: 0, small_talk: 0 },
  ...{ helpful: 0, unhelpful: 0 },
});

/** Outcomes of a question that was answered. */
const answered = new Set<string | undefined>(["answered", "generated", "helpful", "unhelpful"]);

/**
 * What the bot did on these days of the workspace's time zone. Questions are kept for 90 days: of earlier ones nothing is
 * known. @throws {Forbidden | NotAllowed | Unavailable}
 */
export async function botReport(chat: Chat, who: Who, asked: BotReportQuery): Promise<BotReport> {
  const workspace = demand(who, "reports");
  const { business_hours: { time_zone } } = await chatbotOf(chat, workspace), zone = zoneOf(time_zone);
  const first = Date.parse(asked.from) / dayMs, last = Date.parse(asked.to) / dayMs;
  const span = { from: zone.startOf(first), to: zone.startOf(last + 1) };
  const days = Array.from({ length: last - first + 1 }, nothing), total = nothing();
  const reasons = new Map<string, number>(), unanswered: BotQuestion[] = [];
  for await (const question of questionsWithin(chat, workspace, span)) {
    count(total, question);
    count(days[dayOf(zone.local(question.at)) - first]!, question);
    if (question.outcome === "handed_off") {
      const reason = question.reason ?? "unknown";
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (isUnanswered(question) && unanswered.push(question) > mostGrouped) unanswered.shift();
  }
  return {
    ...{ from: asked.from, to: asked.to, today: dateOf(dayOf(zone.local(chat.now()))), time_zone, total },
    days: days.map((figures, i) => ({ date: dateOf(first + i), ...figures })),
    conversations: await conversationsWithin(chat, workspace, span),
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    unanswered: (await groupQuestions(unanswered))
      .sort((a, b) => b.length - a.length).slice(0, mostShown)
      .map((group) => ({ text: group[0].text, count: group.length })),
  };
}

/** The days of a report as CSV, a row each. @throws {Forbidden | NotAllowed | Unavailable} */
export async function botReportCsv(chat: Chat, who: Who, asked: BotReportQuery): Promise<string> {
  const { days } = await botReport(chat, who, asked), columns = ["date", ...Object.keys(nothing())];
  const rows = days.map((day) => csvRow(columns.map((name) => day[name as keyof typeof day])));
  // With a byte order mark: spreadsheets would otherwise not read it as UTF-8.
  return `\ufeff${csvRow(columns)}${rows.join("")}`;
}

async function* questionsWithin(
  { store }: Pick<Chat, "store">,
  workspace: string,
  { from, to }: { from: number; to: number },
): AsyncGenerator<BotQuestion> {
  const slices = new TimeSlices();
  for (let after: number | BotQuestion | undefined = from; after !== undefined;) {
    const page: BotQuestion[] = await questionsSince(store, workspace, after, atOnce);
    for (const question of page) {
      if (question.at >= to) return;
      // Agents alone have read it.
      if (question.outcome !== "suggested") yield question;
    }
    after = page.length === atOnce ? page.at(-1) : undefined;
    if (slices.areOver) await slices.next();
  }
}

/** Conversations that began on these days and that the bot has written in. */
async function conversationsWithin(
  chat: Chat,
  workspace: string,
  span: { from: number; to: number },
): Promise<BotReport["conversations"]> {
  const found = { with_bot: 0, without_person: 0 };
  for await (const some of episodesWithin(chat, workspace, span)) {
    for (const { texts, resolved } of some) {
      if (texts.bot === 0) continue;
      found.with_bot++;
      if (resolved && texts.agents === 0) found.without_person++;
    }
  }
  return found;
}

function count(figures: BotFigures, { outcome, before }: BotQuestion): void {
  if (outcome === "small_talk") return void figures.small_talk++;
  figures.questions++;
  if (outcome === "handed_off") figures.handed_off++;
  if (answered.has(outcome) || answered.has(before)) figures.answered++;
  else if (outcome === "offered" || before === "offered") figures.offered++;
  if (outcome === "generated" || before === "generated") figures.generated++;
  if (outcome === "helpful") figures.helpful++;
  if (outcome === "unhelpful" || before === "unhelpful") figures.unhelpful++;
}

function isUnanswered({ outcome, reason, before, review }: BotQuestion): boolean {
  if (review?.answer !== undefined || reason === "asked") return false;
  return outcome === "offered" || outcome === "unhelpful" ||
    (outcome === "handed_off" && before !== "helpful");
}
