import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { looks, nameOfLook } from "../looks.ts";
import { settingsTest } from "./fixture.ts";

const sections = [
  "",
  "chatbot",
  "install",
  "hours",
  "members",
  "teams",
  "labels",
  "canned",
  "assignment",
  "targets",
  "identity",
  "data",
  "blocked",
  "audit",
  "profile",
  "notifications",
  "account",
];

settingsTest(
  "keys alone are enough to find a setting, change and save it",
  "chatbot",
  async ({ page, settings }) => {
    const tabTo = async (wanted: string) => {
      for (let i = 0; i < 80; i++) {
        const at = await page.evaluate(() => {
          const { activeElement: at } = document;
          return at === document.body ? "" : at?.id || at?.textContent || "";
        });
        if (at === wanted) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`Tab never came to ${wanted}`);
    };
    await tabTo("Data");
    await page.keyboard.press("Enter");
    await settings.focusIsAt("set-heading");
    await tabTo("set-collect-page");
    await page.keyboard.press("Space");
    await tabTo("Save");
    await page.keyboard.press("Enter");
    await settings.says("Saved");
    await settings.focusIsAt("set-heading");
    assert.equal((await settings.saved()).collect.page, false);
  },
);

for (const browser of looks) {
  settingsTest(
    `axe has nothing against any section or state, and none is too wide: ${nameOfLook(browser)}`,
    "",
    async (fixture) => {
      const { page, settings, parlor, asha } = fixture;
      const faults: string[] = [];
      const look = async (state: string) => {
        await page.waitForFunction(() =>
          document.getAnimations().every(({ playState }) => playState !== "running")
        );
        for (const fault of await faultsOf(page)) faults.push(`${state}: ${fault}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) faults.push(`${state}: ${wide} px wider than the window`);
        const out = await page.evaluate(() =>
          [...document.querySelectorAll(".set-group")].flatMap((group) => {
            const { left, right } = group.getBoundingClientRect();
            return [...group.querySelectorAll("input, select, textarea, button, a")]
              .filter((control) => control.checkVisibility())
              .map((control) => ({ control, box: control.getBoundingClientRect() }))
              .filter(({ box }) => box.left < left + 15 || box.right > right - 15)
              .map(({ control }) => control.id || control.className);
          })
        );
        for (const control of out) faults.push(`${state}: ${control} stands out of its group`);
      };
      const { consumer, token } = await parlor.visit(asha, { name: "Mallory" });
      await (await parlor.chat(asha, consumer, token)).say("spam");
      await parlor.post("/messages/api/blocked", { consumer }, { cookie: asha.cookie });
      for (const section of sections) {
        await settings.at(section);
        await look(section || "the list");
      }
      await page.fill("#set-delete", "bruno");
      await page.click("button.set-danger");
      await page.waitForSelector("#set-delete-problem");
      await look("a wrong name");
      await settings.at("identity");
      await page.click(".set-group >> nth=0 >> button");
      await look("a question");
      await page.click("dialog .set-danger");
      await page.waitForSelector("#set-secret");
      await look("a secret");
      await settings.at("hours");
      await page.locator("[name=set-business_hours-ranges]").nth(1).check();
      await look("a week");
      await settings.at("chatbot");
      await page.fill("#set-title", "");
      await page.fill("#set-accent", "teal");
      await page.click(".set-bar .set-main");
      await page.waitForSelector("#set-accent-problem");
      await look("wrong fields");
      if (browser.viewport.width < 760) await page.click("a.set-back");
      await page.click("a.settings-back");
      await page.getByRole("dialog").waitFor();
      await look("leaving");
      assert.deepEqual(faults, []);
      const title = await page.textContent(".set-page h1");
      assert.equal(title, browser.locale === "ar" ? "الإعدادات" : "Settings");
      assert.equal(await page.getAttribute("html", "dir"), browser.locale === "ar" ? "rtl" : "ltr");
    },
    browser,
  );
}
