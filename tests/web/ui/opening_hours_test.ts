import assert from "node:assert/strict";
import { isOpenAt, nextOpening } from "../../../web/ui/opening_hours.ts";

const weekdays = [1, 2, 3, 4, 5];
const office = (time_zone: string) => ({
  time_zone,
  ranges: weekdays.map((day) => ({ day, from: "09:00", to: "17:00" })),
});
const at = (time: string) => new Date(time);

Deno.test("without hours it is always open", () => {
  const always = { time_zone: "UTC", ranges: [] };
  assert.ok(isOpenAt(always, at("2026-11-22T03:00:00Z")));
  assert.equal(nextOpening(always, at("2026-11-22T03:00:00Z")), undefined);
});

Deno.test("hours are those of the chatbot's own time zone", () => {
  const kolkata = office("Asia/Kolkata");
  assert.ok(isOpenAt(kolkata, at("2026-11-23T03:30:00Z")), "Monday 09:00 there");
  assert.ok(!isOpenAt(kolkata, at("2026-11-23T03:29:00Z")));
  assert.ok(!isOpenAt(kolkata, at("2026-11-23T11:30:00Z")), "17:00 is past the end");
});

Deno.test("a zone that this browser does not know is read as UTC, and nothing throws", () => {
  const elsewhere = office("Mars/Olympus_Mons");
  assert.ok(isOpenAt(elsewhere, at("2026-11-23T09:00:00Z")));
  assert.equal(nextOpening(elsewhere, at("2026-11-23T18:00:00Z"))?.toISOString(), "2026-11-24T09:00:00.000Z");
});

Deno.test("after Friday's close it opens on Monday morning", () => {
  const next = nextOpening(office("Europe/Berlin"), at("2026-11-20T18:00:00Z"));
  assert.equal(next?.toISOString(), "2026-11-23T08:00:00.000Z");
});

Deno.test("a clock put forward in between is reckoned with", () => {
  // In Berlin, daylight saving time starts on Sunday, 29 March 2026.
  const next = nextOpening(office("Europe/Berlin"), at("2026-03-27T18:00:00Z"));
  assert.equal(next?.toISOString(), "2026-03-30T07:00:00.000Z");
});

Deno.test("24:00 ends a day", () => {
  const nights = { time_zone: "UTC", ranges: [{ day: 7, from: "20:00", to: "24:00" }] };
  assert.ok(isOpenAt(nights, at("2026-11-22T23:59:00Z")));
  assert.ok(!isOpenAt(nights, at("2026-11-23T00:00:00Z")));
});
