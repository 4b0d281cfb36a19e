import assert from "node:assert/strict";
import { expandCanned, gapFrom } from "../../../../web/portal/composer/canned_text.ts";
import { triggerAt } from "../../../../web/portal/composer/trigger.ts";
import { localInput, snoozeTimes } from "../../../../web/portal/desk/snooze_times.ts";

Deno.test("a canned reply's variables become values, else their fallback, and what it asks for a gap", () => {
  const text = "Hi {{visitor.name|there}}, {{agent.name}} here. Your {{ask:Order number}}, {{ask:size|M}}?";
  assert.equal(
    expandCanned(text, { "visitor.name": "Ada", "agent.name": "Ines" }),
    "Hi Ada, Ines here. Your ⟦Order number⟧, M?",
  );
  assert.equal(
    expandCanned("Hi {{visitor.name|there}} {{agent.name}}!", { "visitor.name": " " }),
    "Hi there !",
  );
});

Deno.test("the gaps of a text are found in order, and none after the last", () => {
  const text = "⟦Order number⟧ and ⟦Name⟧";
  const first = gapFrom(text, 0)!;
  assert.deepEqual([first.name, text.slice(first.from, first.to)], ["Order number", "⟦Order number⟧"]);
  assert.equal(gapFrom(text, first.to)!.name, "Name");
  assert.equal(gapFrom(text, text.length), undefined);
});

Deno.test("a sign counts at the beginning of a word alone, and only up to the cursor", () => {
  assert.deepEqual(triggerAt("Hi /ship", 8, ["/", "@"]), { sign: "/", from: 3, query: "ship" });
  assert.deepEqual(triggerAt("Hi /ship", 5, ["/", "@"]), { sign: "/", from: 3, query: "s" });
  assert.deepEqual(triggerAt("@مايا", 5, ["@"]), { sign: "@", from: 0, query: "مايا" });
  for (const text of ["and/or", "a@b", "https://x", "/ship now", ""]) {
    assert.equal(triggerAt(text, text.length, ["/", "@"]), undefined, text);
  }
  assert.equal(triggerAt("@maya", 5, ["/"]), undefined, "a colleague is not mentioned in a reply");
});

Deno.test("a snooze is offered for an hour, tomorrow's morning and next Monday's, by the calendar", () => {
  // A Friday evening; whatever the zone, the days are counted from it.
  const now = new Date(2026, 10, 27, 20, 30).getTime();
  const { in_hour, tomorrow, next_week } = snoozeTimes(now);
  assert.equal(in_hour - now, 3_600_000);
  assert.equal(tomorrow, new Date(2026, 10, 28, 9).getTime());
  assert.equal(next_week, new Date(2026, 10, 30, 9).getTime());
  const monday = new Date(2026, 10, 30, 8).getTime();
  assert.equal(snoozeTimes(monday).next_week, new Date(2026, 11, 7, 9).getTime());
  assert.equal(localInput(now), "2026-11-27T20:30");
});
