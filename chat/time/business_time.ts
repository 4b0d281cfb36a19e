import type { ChatbotSettings } from "../../protocol/chatbot.ts";
import { dateOf, dayOf, weekdayOf, type Zone, zoneOf } from "./zone.ts";

/** Settings that say when a business is open. */
export type BusinessHours =
  & Pick<ChatbotSettings, "business_hours">
  & Partial<Pick<ChatbotSettings, "holidays">>;

const dayMs = 86_400_000, minuteMs = 60_000;
/** How far a deadline or a span reaches at most: five years. Milliseconds. */
const farthestMs = 5 * 366 * dayMs;

/** An opening within a local day. Milliseconds since its midnight; `to` is excluded. */
interface Opening {
  from: number;
  to: number;
}

/** Business hours, prepared for calculations. */
export interface BusinessTime {
  zone: Zone;
  /** By ISO weekday, in order and not overlapping. */
  openings: Opening[][];
  /** Local dates as YYYY-MM-DD or, each year, MM-DD. */
  holidays: ReadonlySet<string>;
}

/** Prepares business hours. Without ranges it is always open, except on holidays. */
export function businessTime(
  { business_hours: { time_zone, ranges }, holidays = [] }: BusinessHours,
): BusinessTime {
  const openings = Array.from({ length: 8 }, (_, day): Opening[] => {
    if (ranges.length === 0) return [{ from: 0, to: dayMs }];
    return joined(ranges.filter((range) => range.day === day).map(({ from, to }) => opening(from, to)));
  });
  return { zone: zoneOf(time_zone), openings, holidays: new Set(holidays) };
}

/** Whether an instant is within business hours. */
export function isOpen({ zone, openings, holidays }: BusinessTime, at: number): boolean {
  const local = zone.local(at), day = dayOf(local), time = local - day * dayMs;
  return !isHoliday(holidays, day) &&
    openings[weekdayOf(day)]!.some(({ from, to }) => from <= time && time < to);
}

const opening = (from: string, to: string): Opening => ({ from: wallMs(from), to: wallMs(to) });
const wallMs = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs;

/** Overlapping openings count once. */
function joined(openings: Opening[]): Opening[] {
  const all: Opening[] = [];
  for (const { from, to } of openings.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** Whether this local date is a holiday. `day`: days since 1970-01-01. */
function isHoliday(holidays: ReadonlySet<string>, day: number): boolean {
  if (holidays.size === 0) return false;
  const date = dateOf(day);
  return holidays.has(date) || holidays.has(date.slice(5));
}

/**
 * The openings from an instant on, as instants in order. An instant is open if its local time is: an hour that the clock
 * shows twice counts twice, and one that it skips not at all.
 */
function* openFrom({ zone, openings, holidays }: BusinessTime, since: number, until: number) {
  for (let at = since; at < until;) {
    const { to, offset } = zone.spanAt(at);
    const end = Math.min(to, until);
    for (let day = dayOf(at + offset); day * dayMs - offset < end; day++) {
      if (isHoliday(holidays, day)) continue;
      const midnight = day * dayMs - offset;
      for (const open of openings[weekdayOf(day)]!) {
        const from = Math.max(midnight + open.from, at), to = Math.min(midnight + open.to, end);
        if (from < to) yield { from, to };
      }
    }
    at = to;
  }
}

/** The next instant at which it is open, `from` itself if it is; undefined if it is not within five years. Milliseconds. */
export function nextOpening(time: BusinessTime, from: number): number | undefined {
  for (const open of openFrom(time, from, from + farthestMs)) return open.from;
  return undefined;
}

/** Working time between two instants; at most that of five years. Milliseconds. */
export function workingMs(time: BusinessTime, from: number, to: number): number {
  let sum = 0;
  for (const open of openFrom(time, from, Math.min(to, from + farthestMs))) {
    sum += open.to - open.from;
  }
  return sum;
}

/**
 * The instant at which so much working time has passed since `from`; undefined if that is more than five years ahead.
 * Milliseconds.
 */
export function deadline(time: BusinessTime, from: number, ms: number): number | undefined {
  if (ms <= 0) return from;
  let left = ms;
  for (const open of openFrom(time, from, from + farthestMs)) {
    if (open.to - open.from >= left) return open.from + left;
    left -= open.to - open.from;
  }
  return undefined;
}
