import { locale, partWords } from "../../words/words.ts";
import { reportsStrings } from "./reports_strings.ts";

export type ReportsWord = keyof typeof reportsStrings;

/** The reports' words. */
export const { say, count } = await partWords(reportsStrings, {
  ar: () => import("./reports_strings_ar.ts"),
});

export const number = (n: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n);

/** A part of a whole in percent; nothing of none. */
export const percent = (part: number, whole: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent" }).format(whole === 0 ? 0 : part / whole);

const inUnit = (n: number, unit: string, digits = 0) =>
  new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  })
    .format(n);

/** A duration in the unit that fits. @param seconds of it */
export function duration(seconds: number): string {
  if (seconds < 60) return inUnit(seconds, "second");
  if (seconds < 5_400) return inUnit(Math.round(seconds / 60), "minute");
  if (seconds < 172_800) return inUnit(seconds / 3_600, "hour", 1);
  return inUnit(seconds / 86_400, "day", 1);
}

/** A local date, short: 27 Nov. */
export const dayName = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", timeZone: "UTC" }).format(
    Date.parse(date),
  );

/** 1 Monday … 7 Sunday. */
export const weekdayName = (day: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));

export const hourName = (hour: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: "numeric", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1, hour));
