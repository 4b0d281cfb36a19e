import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { portalTest, someone } from "../fixture.ts";

const own = '.row.own:has-text("verry bright")';

portalTest(
  "an own text is edited and deleted by keyboard, and stays so after a reload",
  async ({ driver, say }) => {
    const { page } = driver;
    await say(someone(), "is it bright?");
    await driver.open("is it bright?");
    await driver.write("verry bright");
    const more = `${own} .menu > button`;
    await page.focus(more);
    await page.keyboard.press("Enter");
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press("Enter");
    await page.fill(".edit-text textarea", "very bright");
    assert.deepEqual(await faultsOf(page), []);
    await page.press(".edit-text textarea", "Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector('.bubble.edited:has-text("very bright")');
    await page.waitForSelector("dialog", { state: "detached" });
    await driver.lists((rooms) => rooms[0]!.last.endsWith("very bright"));

    await page.hover(".row.own");
    await page.click(".row.own .menu > button");
    await page.click(".row.own .menu-item:nth-child(2)");
    await page.click("dialog .button.danger");
    await page.waitForSelector(".bubble.deleted");
    assert.equal(await page.locator(".row.own .menu").count(), 0, "nothing is left to change");
    await page.reload();
    await page.waitForSelector(".bubble.deleted");
    assert.equal(
      await page.textContent(".row.own .bubble.deleted").then((text) => text?.includes("bright")),
      false,
    );
  },
);

portalTest("Escape leaves a text as it was, and a visitor's has no menu", async ({ driver, say }) => {
  const { page } = driver;
  await say(someone(), "hello");
  await driver.open("hello");
  await driver.write("good day");
  await page.waitForSelector(".row.own .menu > button", { state: "attached" });
  assert.equal(await page.locator(".row.theirs .menu").count(), 0);
  await page.focus(".row.own .menu > button");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.fill(".edit-text textarea", "something else");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.match(await page.textContent(".row.own .bubble") ?? "", /^good day/);
});

portalTest(
  "on a phone, from right to left, the menu of a long text is within the page",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("hello");
    await driver.write("a long answer ".repeat(20));
    await page.focus(".row.own .menu > button");
    await page.keyboard.press("Enter");
    const body = (await page.locator(".row.own .menu-body").boundingBox())!;
    assert.ok(body.x >= 0 && body.x + body.width <= 390, `${body.x} to ${body.x + body.width}`);
  },
  {
    browser: { locale: "ar", viewport: { width: 390, height: 844 } },
    before: ({ say }) => say(someone(), "hello"),
  },
);
