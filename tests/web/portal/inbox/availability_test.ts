import assert from "node:assert/strict";
import { browse } from "../../../harness/browser.ts";
import { Site } from "../../widget/site.ts";
import { Visit } from "../../widget/visit.ts";
import { portalTest, someone } from "../fixture.ts";

portalTest(
  "with the portal open one is online until one says to be away; visitors are told what comes of it",
  async ({ driver, parlor, context }) => {
    const { page } = driver;
    await using site = Site.with(parlor, "asha");
    const veras = await browse({ locale: "en-GB" });
    try {
      const here = page.getByRole("switch", { name: "Visitors see you online" });
      await here.waitFor();
      const visit = await Visit.to(veras, site.address);
      const frame = await visit.open();
      await frame.waitForSelector("text=Online");
      assert.deepEqual(await visit.texts(), ["Hi! How can we help?"]);
      await here.click();
      await page.getByRole("switch", { name: "You are away" }).waitFor();
      await frame.waitForSelector("text=Away right now");
      await visit.shows((rows) => rows[1]?.text.startsWith("We are away right now") ?? false);
      await visit.write("is anybody there?");
      await frame.waitForSelector("text=The answer will come here.");
      // Another tab shows the same, and so does a reload.
      const other = await context.newPage();
      await other.goto(`${parlor.address}/messages`);
      const back = other.getByRole("switch", { name: "You are away" });
      await back.click();
      await here.waitFor();
      await frame.waitForSelector("text=Online");
      await frame.waitForSelector("text=The answer will come here.", { state: "detached" });
      await page.close();
      await other.close();
      await frame.waitForSelector("text=Away right now");
      const victors = await Visit.to(veras, site.address.replace("127.0.0.1", "localhost"));
      const newcomer = await victors.open();
      await newcomer.waitForSelector("text=/We are away right now/");
      await victors.write("hello?");
      await newcomer.waitForSelector("text=The answer will come here.");
    } finally {
      await veras.close();
    }
  },
  { before: ({ say }) => say(someone(), "hello") },
);

portalTest(
  "business hours begin by the clock of the browser, and outside of them the portal says so",
  async ({ driver, parlor, asha }) => {
    const { page } = driver;
    await page.waitForSelector("#set-heading");
    await page.getByRole("radio", { name: "At set hours" }).check();
    await page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
    await page.locator(".set-bar p").getByText("Saved", { exact: true }).waitFor();
    const saved = async () =>
      await (await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } })).json();
    assert.equal((await saved()).business_hours.time_zone, "America/New_York");
    const day = (new Date(Date.now() + 3 * 86_400_000).getUTCDay() + 6) % 7 + 1;
    const ranges = [{ day, from: "09:00", to: "10:00" }];
    await parlor.post("/chatbot/api", { business_hours: { ranges } }, { cookie: asha.cookie });
    await page.goto(`${parlor.address}/messages`);
    await page.getByRole("switch", { name: "Closed now" }).waitFor();
    // An explicit choice of UTC is kept.
    await parlor.post("/chatbot/api", { business_hours: { time_zone: "UTC", ranges } }, {
      cookie: asha.cookie,
    });
    await page.goto(`${parlor.address}/messages/settings/hours`);
    await page.getByRole("radio", { name: "Always" }).check();
    await page.getByRole("radio", { name: "At set hours" }).check();
    assert.equal(await page.inputValue("#set-business_hours-time_zone"), "UTC");
  },
  { path: "/settings/hours", browser: { timezoneId: "America/New_York" } },
);
