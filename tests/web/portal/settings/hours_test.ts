import assert from "node:assert/strict";
import { settingsTest } from "./fixture.ts";

settingsTest("a week of hours is made, mended and saved", "hours", async ({ page, settings }) => {
  const time = (name: string, nth = 0) => page.locator(`[aria-label="Monday, ${name} at"]`).nth(nth);
  await settings.pick("Open", "At set hours");
  await page.selectOption("#set-business_hours-time_zone", "Europe/Lisbon");
  await page.click("[aria-label='Add hours on Monday']");
  await time("closes").fill("12:00");
  await time("opens", 1).fill("11:00");
  await time("closes", 1).fill("00:00");
  await settings.save();
  await page.getByText("Overlaps the hours above").waitFor();
  await time("opens", 1).fill("13:00");
  await page.click("[aria-label='Remove Friday, 09:00 to 17:00']");
  await page.waitForFunction(() =>
    document.activeElement?.getAttribute("aria-label") === "Add hours on Friday"
  );
  await settings.press("Copy Monday to all weekdays");
  await page.click("[aria-label='Remove Tuesday, 13:00 to 24:00']");
  await page.click("[aria-label='Add hours on Sunday']");
  await settings.saveAll();
  const morning = (day: number) => ({ day, from: "09:00", to: "12:00" });
  const both = (day: number) => [morning(day), { day, from: "13:00", to: "24:00" }];
  assert.deepEqual((await settings.saved()).business_hours, {
    time_zone: "Europe/Lisbon",
    ranges: [
      ...both(1),
      morning(2),
      ...both(3),
      ...both(4),
      ...both(5),
      { day: 7, from: "09:00", to: "17:00" },
    ],
  });
  await settings.pick("Open", "Always");
  await settings.saveAll();
  assert.deepEqual((await settings.saved()).business_hours.ranges, []);
});
