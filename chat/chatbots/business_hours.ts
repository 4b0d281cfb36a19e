import type { ChatbotSettings } from "../../protocol/chatbot.ts";

const isoDays: Record<string, number> = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 };

/** Whether the business is open at this time, in its own time zone. Without ranges it always is. */
export function isOpenAt({ business_hours }: Pick<ChatbotSettings, "business_hours">, at: Date): boolean {
  const { time_zone, ranges } = business_hours;
  if (ranges.length === 0) return true;
  const { day, time } = localTime(time_zone, at);
  return ranges.some((range) => range.day === day && range.from <= time && time < range.to);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Creating a formatter costs a hundred times what using it does. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Weekday (1 Monday … 7 Sunday) and "HH:MM" in that time zone. */
function localTime(timeZone: string, at: Date): { day: number; time: string } {
  const parts = Object.fromEntries(
    formatIn(timeZone).formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return { day: isoDays[parts.weekday!]!, time: `${parts.hour}:${parts.minute}` };
}
