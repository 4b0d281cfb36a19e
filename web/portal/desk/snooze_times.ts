/** Hour at which a day of work begins. */
const morning = 9;

/** Days from a weekday (0: Sunday) to the Monday after it. */
const daysToMonday = (weekday: number) => (8 - weekday) % 7 || 7;

/** The times that are offered for a snooze, in this browser's time zone. Milliseconds since 1970. */
export function snoozeTimes(now: number): { in_hour: number; tomorrow: number; next_week: number } {
  const morningIn = (days: number) => {
    const day = new Date(now);
    // By the calendar: a day on which the clock changes is not 24 hours long.
    day.setDate(day.getDate() + days);
    return day.setHours(morning, 0, 0, 0);
  };
  return {
    in_hour: now + 3_600_000,
    tomorrow: morningIn(1),
    next_week: morningIn(daysToMonday(new Date(now).getDay())),
  };
}

/** The value of an input of date and time, in this browser's time zone. */
export function localInput(at: number): string {
  const time = new Date(at);
  return new Date(at - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
