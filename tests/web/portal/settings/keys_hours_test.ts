import assert from "node:assert/strict";
import { keysTest } from "./fixture.ts";

keysTest(
  "by keys: a week of hours is made, with a day switched on and a break",
  "hours",
  async ({ keys, settings, saved, isPhone }) => {
    await keys.to("radio", "Always");
    await keys.press("ArrowRight");
    await keys.isAt("radio", "At set hours");
    // The browser's time zone is preselected.
    await keys.to("combobox", "Time zone");
    await keys.page.keyboard.type("Europe/Lis");
    await keys.to("textbox", "Monday, closes at");
    await keys.page.keyboard.type("1230");
    // On a phone the button is above the hours.
    await keys.to("button", "Add hours on Monday", isPhone ? "Shift+Tab" : "Tab");
    await keys.press("Enter");
    await keys.isAt("button", "Add hours on Monday");
    await keys.press("Enter");
    await keys.to("button", "Remove Monday, 18:00 to 22:00", isPhone ? "Tab" : "Shift+Tab");
    await keys.press("Enter");
    await keys.isAt("button", "Add hours on Monday");
    await keys.enter("button", "Add hours on Sunday");
    await keys.to("textbox", "Sunday, opens at", isPhone ? "Tab" : "Shift+Tab");
    // Moves from the field's last part to its first.
    for (let i = 0; i < 2; i++) await keys.press("ArrowLeft");
    await keys.page.keyboard.type("1015");
    await keys.enter("button", "Remove Sunday, 10:15 to 17:00");
    await keys.isAt("button", "Add hours on Sunday");
    await keys.press("Enter");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    await keys.isAt("heading", "Business hours");
    const day = (day: number) => ({ day, from: "09:00", to: "17:00" });
    assert.deepEqual((await saved()).business_hours, {
      time_zone: "Europe/Lisbon",
      ranges: [
        { day: 1, from: "09:00", to: "12:30" },
        { day: 1, from: "13:00", to: "17:00" },
        ...[2, 3, 4, 5, 7].map(day),
      ],
    });
    await keys.enter("button", "Copy Monday to all weekdays");
    await keys.isAt("button", "Copy Monday to all weekdays");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    assert.equal((await saved()).business_hours.ranges.length, 11);
  },
);

keysTest(
  "by keys: the last opening is removed, and the focus is where hours are begun again",
  "hours",
  async ({ keys, settings, saved }) => {
    await keys.enter("button", "Remove Sunday, 09:00 to 17:00");
    await keys.isAt("radio", "Always");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    assert.deepEqual((await saved()).business_hours.ranges, []);
  },
  async ({ parlor, asha }) => {
    const business_hours = { time_zone: "UTC", ranges: [{ day: 7, from: "09:00", to: "17:00" }] };
    const answer = await parlor.post("/chatbot/api", { business_hours }, { cookie: asha.cookie });
    assert.ok(answer.ok);
  },
);

keysTest(
  "by keys: Tab goes through a day as it is seen",
  "hours",
  async ({ keys, isPhone }) => {
    await keys.to("button", "Add hours on Sunday");
    const day = keys.page.locator(".set-day:has([aria-label='Add hours on Sunday'])");
    const stops = await day.locator("input, button").evaluateAll((stops) =>
      stops.map((stop) => {
        const { left, top, height } = stop.getBoundingClientRect();
        return { left, middle: top + height / 2 };
      })
    );
    assert.equal(stops.length, 4);
    for (const [i, { left, middle }] of stops.slice(1).entries()) {
      const before = stops[i]!, isSameLine = Math.abs(middle - before.middle) < 8;
      assert.ok(isSameLine ? left > before.left : middle > before.middle, JSON.stringify(stops));
    }
    assert.equal(stops[0]!.middle < stops[1]!.middle - 8, isPhone);
  },
  async ({ parlor, asha }) => {
    const business_hours = { time_zone: "UTC", ranges: [{ day: 7, from: "09:00", to: "17:00" }] };
    assert.ok((await parlor.post("/chatbot/api", { business_hours }, { cookie: asha.cookie })).ok);
  },
);
