import assert from "node:assert/strict";
import type { Chatbot } from "../../../../protocol/chatbot.ts";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";
import { teamTest } from "../team/team_fixture.ts";
import { fill, picture } from "./fixture.ts";

portalTest("one switch turns the bot on; the rest has defaults and is saved by keys", async (fixture) => {
  const { driver: { page }, parlor, asha } = fixture;
  const stored = async () =>
    (await (await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } })).json() as Chatbot).bot;
  await page.getByRole("switch", { name: "The bot helps" }).press("Space");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.waitForSelector(".bot-bar p:text-is('Saved')");
  assert.deepEqual([(await stored()).mode, (await stored()).threshold], ["answer", 0.7]);

  await page.getByRole("radio", { name: "Careful" }).press("Space");
  await page.getByRole("textbox", { name: "Name" }).fill("Lamp bot");
  await page.waitForSelector("select >> text=Which bulb fits?", { state: "attached" });
  await page.getByLabel("Question 1").selectOption({ label: "Which bulb fits?" });
  await page.getByLabel("Question 2").selectOption({ label: "Can I send a lamp back?" });
  await page.getByRole("textbox", { name: "Picture" }).fill("http://lamps.example/bot.png");
  await page.getByRole("textbox", { name: "Picture" }).press("Enter");
  await page.waitForSelector("[aria-invalid]");
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).type), "url");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".bot-bar p:text-is('Saved')");
  const { threshold, name, suggested } = await stored();
  assert.deepEqual([threshold, name, suggested.length], [0.85, "Lamp bot", 2]);
  assert.equal(await page.getByLabel("Answers from a confidence of").inputValue(), "85");
}, { path: "/bot/settings", before: fill });

portalTest("settings that cannot be saved offline stay as typed", async ({ driver: { page }, context }) => {
  await page.getByRole("switch", { name: "The bot helps" }).press("Space");
  await page.getByRole("textbox", { name: "Name" }).fill("Lamp bot");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.waitForSelector(".bot-bar .problem:has-text('Not saved')");
  assert.equal(await page.getByRole("textbox", { name: "Name" }).inputValue(), "Lamp bot");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.waitForSelector(".bot-bar p:text-is('Saved')");
}, { path: "/bot/settings" });

teamTest("an agent reads the bot's settings and cannot change them", async ({ maya, portal }) => {
  const { page } = await portal(maya, "/bot/settings");
  assert.equal(await page.getByRole("switch", { name: "The bot helps" }).isDisabled(), true);
  assert.equal(await page.$(".bot-bar"), null);
});

for (const look of looks) {
  portalTest(
    `the bot's settings have no fault that axe finds: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await page.waitForSelector(".bot-group .switch");
      await page.click(".bot-group .switch");
      await page.waitForSelector("#bot-hand-over");
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      await picture(page, `bot-settings-${nameOfLook(look)}`);
    },
    { path: "/bot/settings", before: fill, browser: look },
  );
}
