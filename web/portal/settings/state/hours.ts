import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { say } from "../words/settings_words.ts";

export type Range = ChatbotSettings["business_hours"]["ranges"][number];

/** ISO weekdays: 1 Monday … 7 Sunday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7];
const usual = { from: "09:00", to: "17:00" };

/** Default: Monday to Friday, nine to five. */
export const usualWeek: Range[] = [1, 2, 3, 4, 5].map((day) => ({ day, ...usual }));

/** Adds an opening to a day, after the last one, if there is time left. */
export function withOpening(ranges: Range[], day: number): Range[] {
  const last = ranges.filter((range) => range.day === day).map(({ to }) => to).sort().at(-1);
  const hour = last === undefined ? 9 : Math.min(Number(last.slice(0, 2)) + 1, 23);
  const from = last === undefined ? usual.from : `${two(hour)}:00`;
  const to = last === undefined ? usual.to : hour > 19 ? "24:00" : `${two(hour + 4)}:00`;
  return inOrder([...ranges, { day, from, to }]);
}

/** Copies Monday's openings to Tuesday to Friday. */
export function mondayOnWeekdays(ranges: Range[]): Range[] {
  const monday = ranges.filter(({ day }) => day === 1);
  const rest = ranges.filter(({ day }) => day === 1 || day > 5);
  return inOrder([...rest, ...[2, 3, 4, 5].flatMap((day) => monday.map((range) => ({ ...range, day })))]);
}

/** Problems of a week's openings, by the service's name of each: `business_hours.ranges.0`. */
export function wrongHours(ranges: readonly Range[]): Record<string, string> {
  return Object.fromEntries(ranges.flatMap((range, i) => {
    const problem = wrongRange(range, ranges.slice(0, i));
    return problem ? [[`business_hours.ranges.${i}`, problem]] : [];
  }));
}

function wrongRange({ day, from, to }: Range, before: readonly Range[]): string | undefined {
  if (!from || !to) return say("set_hours_missing");
  if (from >= to) return say("set_hours_backwards");
  const overlaps = before.some((other) => other.day === day && from < other.to && other.from < to);
  return overlaps ? say("set_hours_overlap") : undefined;
}

/** By day only: a row must not move while its time is being typed. */
function inOrder(ranges: Range[]): Range[] {
  return ranges.toSorted((a, b) => a.day - b.day);
}

const two = (n: number) => `${n}`.padStart(2, "0");
