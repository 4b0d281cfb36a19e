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

settingsTest(
  "days off are added, once or for every year, kept and removed by keys",
  "hours",
  async ({ page, settings }) => {
    await settings.pick("Open", "At set hours");
    await page.getByLabel("A day off").fill("2026-12-24");
    await settings.press("Add");
    await page.locator(".set-list").getByText(/24 December 2026|December 24, 2026/).waitFor();
    await page.getByRole("switch", { name: "Every year" }).check();
    await page.getByLabel("A day off").fill("2026-12-25");
    await page.getByLabel("A day off").press("Enter");
    const yearly = /^(25 December|December 25), every year$/;
    await page.locator(".set-list").getByText(yearly).waitFor();
    await settings.saveAll();
    assert.deepEqual((await settings.saved()).holidays, ["12-25", "2026-12-24"]);
    await page.getByRole("button", { name: /^Remove .*25/ }).press("Enter");
    await settings.focusIsAt("set-holiday");
    await settings.saveAll();
    assert.deepEqual((await settings.saved()).holidays, ["2026-12-24"]);
  },
);
