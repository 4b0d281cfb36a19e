import assert from "node:assert/strict";
import { nameDay } from "../../../web/ui/days.ts";

const now = Date.parse("2026-11-27T12:00:00Z"), day = 86_400_000;

Deno.test("a day is named as a person names it", () => {
  assert.equal(nameDay(now, "en", now), "Today");
  assert.equal(nameDay(now - day, "en", now), "Yesterday");
  assert.equal(nameDay(now - 3 * day, "en", now), "Tuesday");
  assert.equal(nameDay(now - 30 * day, "en", now), "October 28");
});

Deno.test("with a clock that is behind no day is named that has not come", () => {
  for (const days of [1, 2, 30, 730]) assert.equal(nameDay(now + days * day, "en", now), "Today", `${days}`);
  assert.equal(nameDay(now + day, "de", now), "Heute");
});
