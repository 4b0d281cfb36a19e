import type { ChatbotPublic } from "../../protocol/chatbot.ts";

export type OpeningHours = ChatbotPublic["business_hours"];

const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether this browser knows the zone: an older one may lack a name that the service knows, and `Intl` would throw. */
export function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}

/** Minutes since Monday 00:00 in a time zone. */
function minuteOfWeek(zone: string, at: Date): number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: knownZone(zone),
    weekday: "short",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return weekdays.indexOf(part.weekday!) * minutesADay + Number(part.hour) * 60 + Number(part.minute);
}

const minutes = (day: number, time: string) =>
  (day - 1) * minutesADay + Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether it is within opening hours; without any it always is. */
export function isOpenAt({ time_zone, ranges }: OpeningHours, at: Date): boolean {
  const now = minuteOfWeek(time_zone, at);
  return ranges.length === 0 ||
    ranges.some(({ day, from, to }) => now >= minutes(day, from) && now < minutes(day, to));
}

/** When it opens next, if there are hours. */
export function nextOpening({ time_zone, ranges }: OpeningHours, at: Date): Date | undefined {
  const now = minuteOfWeek(time_zone, at);
  const waits = ranges.map(({ day, from }) => (minutes(day, from) - now + minutesAWeek) % minutesAWeek);
  if (waits.length === 0) return undefined;
  const wait = Math.min(...waits);
  const whole = Math.floor(at.getTime() / 60_000);
  const guess = new Date((whole + wait) * 60_000);
  // Daylight saving time may change in between.
  const off = minuteOfWeek(time_zone, guess) - (now + wait) % minutesAWeek;
  const shift = off > minutesAWeek / 2
    ? off - minutesAWeek
    : off < -minutesAWeek / 2
    ? off + minutesAWeek
    : off;
  return new Date(guess.getTime() - shift * 60_000);
}
