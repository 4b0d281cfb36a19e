import type { ChatbotPublic } from "../../protocol/chatbot.ts";

/** Weekly hours, and days without any: local dates as YYYY-MM-DD or, each year, MM-DD. */
export type OpeningHours = ChatbotPublic["business_hours"] & { holidays?: readonly string[] };

const minuteMs = 60_000, dayMs = 24 * 60 * minuteMs;
/** How far ahead an opening is looked for: a year of holidays. Days. */
const farthest = 366;
const wholeDay = [{ from: "00:00", to: "24:00" }];

/** Whether this browser knows the zone: an older one may lack a name that the service knows, and `Intl` would throw. */
export function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}

/** The local time in a zone, as the instant at which it is that time in UTC. Whole minutes, in milliseconds. */
function wallTime(zone: string, at: number): number {
  // Swedish writes a time as ISO 8601 does.
  const [date, time] = new Date(at).toLocaleString("sv", { timeZone: knownZone(zone) }).split(" ");
  return Math.floor(Date.parse(`${date}T${time}Z`) / minuteMs) * minuteMs;
}

const wallMs = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs;
const midnightOf = (wall: number) => Math.floor(wall / dayMs) * dayMs;

/** Openings of a local day, in order. */
function openingsOf({ ranges, holidays = [] }: OpeningHours, midnight: number) {
  const day = new Date(midnight), date = day.toISOString().slice(0, 10);
  if (holidays.includes(date) || holidays.includes(date.slice(5))) return [];
  const today = ranges.length ? ranges.filter((range) => range.day % 7 === day.getUTCDay()) : wholeDay;
  return today.map(({ from, to }) => ({ from: midnight + wallMs(from), to: midnight + wallMs(to) }))
    .sort((a, b) => a.from - b.from);
}

/** Whether it is within opening hours; without ranges it is, except on holidays. */
export function isOpenAt(hours: OpeningHours, at: Date): boolean {
  const now = wallTime(hours.time_zone, at.getTime());
  return openingsOf(hours, midnightOf(now)).some(({ from, to }) => now >= from && now < to);
}

/** When it opens next; undefined where it is always open, or closed for more than a year. */
export function nextOpening(hours: OpeningHours, at: Date): Date | undefined {
  if (hours.ranges.length === 0 && isOpenAt(hours, at)) return undefined;
  const whole = Math.floor(at.getTime() / minuteMs) * minuteMs, now = wallTime(hours.time_zone, whole);
  for (let day = 0; day <= farthest; day++) {
    const next = openingsOf(hours, midnightOf(now) + day * dayMs).find(({ from }) => from >= now);
    if (!next) continue;
    const guess = whole + next.from - now;
    // Daylight saving time may change in between.
    return new Date(guess - (wallTime(hours.time_zone, guess) - next.from));
  }
  return undefined;
}
