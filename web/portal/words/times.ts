import { locale, say } from "./words.ts";

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Creating a formatter costs a hundred times what using it does. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, made = new Intl.DateTimeFormat(locale(), options));
  return made;
}

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
const daysAgo = (at: number, now: number) => Math.round((midnight(now) - midnight(at)) / dayMs);

export const timeOf = (at: number): string => format({ hour: "2-digit", minute: "2-digit" }).format(at);

/** Short form for lists: the time today, the weekday this week, else the date. */
export function shortWhen(at: number, now = Date.now()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return timeOf(at);
  if (days < 7) return format({ weekday: "short" }).format(at);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(isThisYear ? { day: "numeric", month: "short" } : { dateStyle: "short" }).format(at);
}

/** Date and time in full. */
export const fullWhen = (at: number): string =>
  format({ dateStyle: "medium", timeStyle: "short" }).format(at);

/** The time of day in another zone; nothing where the zone is unknown. */
export function timeIn(zone: string, now = Date.now()): string | undefined {
  try {
    return format({ weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: zone }).format(now);
  } catch {
    return undefined;
  }
}

/** A short duration: minutes, hours, then days, such as "3 min". */
export function waitOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000)), hours = Math.floor(minutes / 60);
  if (minutes < 60) return say("short_minutes", { n: minutes });
  return hours < 48 ? say("short_hours", { n: hours }) : say("short_days", { n: Math.floor(hours / 24) });
}

/** A time ahead, in short: with the day, unless that is today. */
export function momentOf(at: number, now = Date.now()): string {
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const days = -daysAgo(at, now);
  if (days === 0) return format(time).format(at);
  const day = days > 0 && days < 7
    ? { weekday: "short" as const }
    : { day: "numeric", month: "short" } as const;
  return format({ ...day, ...time }).format(at);
}
