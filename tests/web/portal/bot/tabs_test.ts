import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { looks, nameOfLook } from "../looks.ts";
import { portalTest } from "../fixture.ts";

const names = ["Answers", "Articles", "Flows", "Review", "Try it", "Settings"];

portalTest("the menu leads to the chatbot's page; each tab has an address", async ({ driver: { page } }) => {
  await page.click(".menu > button");
  await page.click("a[href='/messages/bot']");
  await page.waitForSelector(".bot-page h1");
  assert.equal((await page.textContent(".bot-nav [aria-current]"))?.trim(), "Answers");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  for (const name of names) {
    await page.getByRole("link", { name, exact: true }).press("Enter");
    await page.waitForFunction(
      (name) => document.querySelector(".bot-nav [aria-current]")?.textContent?.trim() === name,
      name,
    );
    await page.waitForSelector(".bot-part h1");
  }
  assert.match(page.url(), /\/messages\/bot\/settings$/);
  await page.goBack();
  await page.waitForFunction(() =>
    document.querySelector(".bot-nav [aria-current]")?.textContent?.trim() === "Try it"
  );
  await page.goto(page.url().replace("/try", "/nothing"));
  await page.waitForSelector("h1:text('There is nothing here')");
});

for (const look of looks) {
  portalTest(
    `the chatbot's tabs have no fault that axe finds: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await page.waitForSelector(".bot-part h1");
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      const folder = Deno.env.get("PARLOR_PICTURES");
      if (folder) {
        await page.screenshot({ path: `${folder}/bot-${nameOfLook(look).replaceAll(/\W+/g, "-")}.png` });
      }
    },
    { path: "/bot", browser: look },
  );
}

portalTest("on a phone the current tab is in sight", async ({ driver: { page } }) => {
  const isInSight = () =>
    page.waitForFunction(() => {
      const { left, right } = document.querySelector(".bot-nav [aria-current]")!.getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    });
  await page.waitForSelector(".bot-part h1");
  await isInSight();
  await page.getByRole("link", { name: "Answers", exact: true }).press("Enter");
  await page.waitForSelector(".bot-nav [aria-current]:has-text('Answers')");
  await isInSight();
}, { path: "/bot/settings", browser: { viewport: { width: 390, height: 844 } } });
