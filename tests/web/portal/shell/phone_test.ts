import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const vera = someone();
const phone = { viewport: { width: 390, height: 844 } };

portalTest(
  "on a phone a new account reaches search, settings, menu and the way out",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("text=Welcome, asha");
    for (const name of ["Search", "Notifications"]) {
      assert.ok(await page.getByRole("link", { name }).isVisible(), name);
    }
    await page.getByRole("button", { name: "Menu" }).click();
    assert.ok(await page.getByRole("link", { name: "Settings" }).isVisible());
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector(".door-card");
  },
  { browser: phone },
);

portalTest(
  "on a phone Back leads from the visitor's panel to the thread, and from there to the list",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("hello");
    for (const close of ["back", "button", "Escape"]) {
      await page.getByRole("button", { name: "Visitor details" }).click();
      await page.waitForSelector("#visitor-panel");
      if (close === "back") await page.goBack();
      else if (close === "button") await page.locator(".panel-close").click();
      else await page.keyboard.press("Escape");
      await page.waitForSelector("#visitor-panel", { state: "detached" });
      assert.ok(await page.locator(".composer").isVisible(), close);
    }
    await page.goBack();
    await page.waitForSelector("a.room:visible");
    assert.equal(new URL(page.url()).pathname, "/messages");
  },
  { browser: phone, before: ({ say }) => say(vera, "hello") },
);
