/**
 * Name of a day: today, yesterday, a weekday within the last week, else the date. A future day means that this browser's
 * clock is behind, and counts as today.
 */
export function nameDay(at: number, locale: string, now: number = Date.now()): string {
  const days = Math.max(0, Math.round((midnight(now) - midnight(at)) / 86_400_000));
  if (days < 2) return capital(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day"));
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const form: Intl.DateTimeFormatOptions = days < 7 ? { weekday: "long" } : {
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  };
  return capital(new Intl.DateTimeFormat(locale, form).format(at));
}

/** Start of the day, as its identity. A future day counts as today. */
export const dayAt = (at: number): string => new Date(Math.min(at, Date.now())).toDateString();

/** The time of day. */
export function nameTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(at);
}

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
