import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";
import { fill, picture } from "./fixture.ts";

portalTest(
  "a question is tried, and becomes a phrase of an answer, by keys",
  async ({ driver: { page } }) => {
    await page.waitForSelector("#bot-card");
    await page.getByRole("textbox", { name: "Question" }).fill("which bulb fits");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".bot-says:has-text('E27')");
    assert.match(await page.textContent("#bot-why + p") ?? "", /It answers · Confidence 100%/);
    assert.equal(await page.$$eval(".bot-guesses li", (all) => all.length), 3);

    await page.getByRole("textbox", { name: "Question" }).fill("xyzzy plugh");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#bot-why + p:has-text('It hands over')");
    await page.getByLabel("Answer", { exact: true }).selectOption({ label: "Can I send a lamp back?" });
    await page.getByRole("button", { name: "Add as a phrase" }).press("Enter");
    await page.waitForSelector("#bot-why + p:has-text('It answers')");
    await page.waitForSelector(".bot-says:has-text('thirty days')");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await page.waitForSelector("#bot-why + p:has-text('It hands over')");
  },
  { path: "/bot/try", before: fill },
);

portalTest("offline the try-out says so and keeps the question", async ({ driver: { page }, context }) => {
  await page.waitForSelector("#bot-card");
  await page.getByRole("textbox", { name: "Question" }).fill("which bulb fits");
  await context.setOffline(true);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".bot-console .problem");
  assert.equal(await page.getByRole("textbox", { name: "Question" }).inputValue(), "which bulb fits");
}, { path: "/bot/try", before: fill });

for (const look of looks) {
  portalTest(`the try-out has no fault that axe finds: ${nameOfLook(look)}`, async ({ driver: { page } }) => {
    await page.fill(".bot-console input", "which bulb fits");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#bot-add");
    await page.waitForSelector(".bot-card li");
    assert.deepEqual(await faultsOf(page), []);
    assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
    await picture(page, `bot-try-${nameOfLook(look)}`);
  }, { path: "/bot/try", before: fill, browser: look });
}
