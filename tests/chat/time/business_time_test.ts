import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type BusinessHours, businessTime, deadline, workingMs } from "../../../chat/time/business_time.ts";

const minute = 60_000, day = 1_440 * minute;

/** Whole hour, half hour, 45 minutes, half an hour of summer time, skipped dates, Ramadan, an offset that changed. */
const zones = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tehran",
  "Asia/Beirut",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
];

const formats = new Map(zones.map((timeZone) => [
  timeZone,
  new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", weekday: "short" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  }),
]));
const weekdays = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The slow definition: whether the clock on the wall shows an open minute. */
function isOpenMinute({ business_hours: { time_zone, ranges }, holidays = [] }: BusinessHours, at: number) {
  const part = Object.fromEntries(
    formats.get(time_zone)!.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const date = `${part.month}-${part.day}`, time = `${part.hour}:${part.minute}`;
  if (holidays.includes(date) || holidays.includes(`${part.year}-${date}`)) return false;
  return ranges.length === 0 ||
    ranges.some(({ day, from, to }) => weekdays[day] === part.weekday && from <= time && time < to);
}

function slowWorkingMs(hours: BusinessHours, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += minute) if (isOpenMinute(hours, at)) sum += minute;
  return sum;
}

/** Times within three days of a change of the clocks, or anywhere in twenty years. */
const times = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      "2026-03-08T07:00Z",
      "2026-03-29T01:00Z",
      "2026-10-25T01:00Z",
      "2026-11-01T06:00Z",
      "2026-04-04T15:00Z",
      "2026-10-03T15:30Z",
      "2011-12-30T10:00Z",
      "2024-03-10T02:00Z",
      "2018-11-04T03:00Z",
      "2022-09-21T20:00Z",
      "2024-04-25T22:00Z",
    ),
    fc.integer({ min: -4_320, max: 4_320 }),
  ).map(([near, minutes]) => Date.parse(near) + minutes * minute),
  fc.integer({ min: Date.UTC(2010, 0) / minute, max: Date.UTC(2030, 0) / minute }).map((at) => at * minute),
);
const clock = (at: number) =>
  `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
const range = fc.record({
  day: fc.integer({ min: 1, max: 7 }),
  from: fc.integer({ min: 0, max: 1_438 }),
  length: fc.integer({ min: 1, max: 1_440 }),
}).map(({ day, from, length }) => ({ day, from: clock(from), to: clock(Math.min(from + length, 1_440)) }));
const hours: fc.Arbitrary<BusinessHours> = fc.record({
  business_hours: fc.record({
    time_zone: fc.constantFrom(...zones),
    ranges: fc.array(range, { maxLength: 12 }),
  }),
  holidays: fc.array(fc.constantFrom("03-29", "10-25", "2026-11-01", "2011-12-31", "12-25"), {
    maxLength: 3,
  }),
});

Deno.test("working time is what a clock on the wall would count minute by minute", () => {
  fc.assert(
    fc.property(hours, times, fc.integer({ min: 0, max: 4_000 }), (hours, from, minutes) => {
      const to = from + minutes * minute;
      equal(workingMs(businessTime(hours), from, to), slowWorkingMs(hours, from, to));
    }),
    { numRuns: 300 },
  );
});

Deno.test("a deadline is the first instant with so much working time behind it", () => {
  fc.assert(
    fc.property(hours, times, fc.integer({ min: 1, max: 3_000 }), (hours, from, minutes) => {
      const time = businessTime(hours), due = deadline(time, from, minutes * minute);
      if (due === undefined) return equal(workingMs(time, from, from + 400 * day) < minutes * minute, true);
      equal(workingMs(time, from, due), minutes * minute);
      equal(workingMs(time, from, due - minute), (minutes - 1) * minute);
      ok(isOpenMinute(hours, due - minute));
    }),
    { numRuns: 500 },
  );
});

Deno.test("working time of two spans that meet adds up", () => {
  fc.assert(
    fc.property(hours, fc.tuple(times, times, times), (hours, instants) => {
      const [a, b, c] = instants.toSorted((one, other) => one - other) as [number, number, number];
      const time = businessTime(hours), near = Math.min(c, a + 100 * day), middle = Math.min(b, near);
      equal(workingMs(time, a, near), workingMs(time, a, middle) + workingMs(time, middle, near));
    }),
    { numRuns: 200 },
  );
});

const weekdaysNineToFive = (time_zone: string, holidays: string[] = []): BusinessHours => ({
  business_hours: {
    time_zone,
    ranges: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" })),
  },
  holidays,
});
const iso = (ms?: number) => ms && new Date(ms).toISOString();

for (
  const [what, hours, from, minutes, due] of [
    ["an hour within the day", weekdaysNineToFive("UTC"), "2026-11-27T10:00Z", 60, "2026-11-27T11:00Z"],
    [
      "from Friday evening to Monday",
      weekdaysNineToFive("UTC"),
      "2026-11-27T16:30Z",
      60,
      "2026-11-30T09:30Z",
    ],
    ["exactly at the end of a day", weekdaysNineToFive("UTC"), "2026-11-27T16:00Z", 60, "2026-11-27T17:00Z"],
    [
      "over a holiday",
      weekdaysNineToFive("UTC", ["2026-11-30"]),
      "2026-11-27T16:30Z",
      60,
      "2026-12-01T09:30Z",
    ],
    [
      "over a yearly holiday",
      weekdaysNineToFive("UTC", ["12-25"]),
      "2026-12-24T16:59Z",
      2,
      "2026-12-28T09:01Z",
    ],
    [
      "after clocks went forward",
      weekdaysNineToFive("Europe/London"),
      "2026-03-27T16:00Z",
      120,
      "2026-03-30T09:00Z",
    ],
    [
      "through an hour that the clocks show twice",
      { business_hours: { time_zone: "Europe/London", ranges: [{ day: 7, from: "00:00", to: "03:00" }] } },
      "2026-10-24T12:00Z",
      240,
      "2026-10-25T03:00Z",
    ],
    [
      "without an hour that the clocks skip",
      { business_hours: { time_zone: "Europe/London", ranges: [{ day: 7, from: "00:00", to: "03:00" }] } },
      "2026-03-28T12:00Z",
      120,
      "2026-03-29T02:00Z",
    ],
    ["half an hour off", weekdaysNineToFive("Asia/Kolkata"), "2026-11-27T03:00Z", 15, "2026-11-27T03:45Z"],
  ] as [string, BusinessHours, string, number, string][]
) {
  Deno.test(`deadline ${what}`, () => {
    equal(iso(deadline(businessTime(hours), Date.parse(from), minutes * minute)), iso(Date.parse(due)));
  });
}

Deno.test("no deadline falls where every day is a holiday", () => {
  const every = Array.from(
    { length: 366 },
    (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(5, 10),
  );
  const time = businessTime(weekdaysNineToFive("UTC", every));
  deepEqual(deadline(time, Date.UTC(2026, 0, 1), minute), undefined);
});

Deno.test("a deadline within a week costs at most 200 µs", () => {
  const time = businessTime(weekdaysNineToFive("Europe/Berlin", ["12-25"]));
  const one = (i: number) => deadline(time, Date.UTC(2026, 2, 20) + i * 977_000, 1_200 * minute);
  for (let i = 0; i < 2_000; i++) one(i);
  const costs = Array.from({ length: 9 }, () => {
    const began = performance.now();
    for (let i = 0; i < 500; i++) one(i);
    return (performance.now() - began) / 500;
  });
  ok(Math.min(...costs) < 0.2, `${Math.min(...costs)} ms`);
});
