import { equal, throws } from "node:assert/strict";
import { dateOf, dayOf, weekdayOf, zoneOf } from "../../../chat/time/zone.ts";

const startOf = (zone: string, date: string) =>
  new Date(zoneOf(zone).startOf(Date.parse(date) / 86_400_000)).toISOString().slice(0, 16);

for (
  const [what, zone, date, start] of [
    ["in winter", "Europe/Berlin", "2026-01-10", "2026-01-09T23:00"],
    ["on the day that clocks go forward", "Europe/Berlin", "2026-03-29", "2026-03-28T23:00"],
    ["after that day, an hour earlier", "Europe/Berlin", "2026-03-30", "2026-03-29T22:00"],
    ["half an hour off", "Asia/Kolkata", "2026-01-10", "2026-01-09T18:30"],
    ["whose midnight is skipped", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00"],
    ["whose midnight comes twice, at the first", "America/Havana", "2026-11-01", "2026-11-01T04:00"],
    ["after a date that was left out", "Pacific/Apia", "2011-12-31", "2011-12-30T10:00"],
  ] as const
) {
  Deno.test(`a local date ${what} begins at its first instant`, () => equal(startOf(zone, date), start));
}

Deno.test("a day has its date and weekday, before 1970 too", () => {
  const day = dayOf(Date.UTC(2026, 10, 27));
  equal(dateOf(day), "2026-11-27");
  equal(weekdayOf(day), 5);
  equal(weekdayOf(-1), 3);
});

Deno.test("an unknown zone is refused", () => throws(() => zoneOf("Mars/Olympus"), RangeError));
