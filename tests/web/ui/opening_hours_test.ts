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

Deno.test("a holiday is closed all day, once or each year, by the date in the chatbot's time zone", () => {
  const hours = { ...office("Asia/Kolkata"), holidays: ["2026-12-24", "12-25"] };
  assert.ok(!isOpenAt(hours, at("2026-12-24T06:00:00Z")));
  assert.ok(isOpenAt(hours, at("2027-12-24T06:00:00Z")));
  assert.ok(!isOpenAt(hours, at("2028-12-25T06:00:00Z")));
  // Thursday and Friday are holidays, then the weekend.
  assert.equal(nextOpening(hours, at("2026-12-23T18:00:00Z"))?.toISOString(), "2026-12-28T03:30:00.000Z");
  const always = { time_zone: "Asia/Kolkata", ranges: [], holidays: ["2026-12-24", "12-25"] };
  assert.ok(!isOpenAt(always, at("2026-12-23T18:30:00Z")), "midnight there");
  assert.ok(isOpenAt(always, at("2026-12-23T18:29:00Z")));
  assert.equal(nextOpening(always, at("2026-12-24T06:00:00Z"))?.toISOString(), "2026-12-25T18:30:00.000Z");
});

Deno.test("who has a year of holidays opens on no day that could be named", () => {
  const days = Array.from(
    { length: 366 },
    (_, day) => new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(5, 10),
  );
  assert.equal(nextOpening({ ...office("UTC"), holidays: days }, at("2026-12-24T06:00:00Z")), undefined);
});
