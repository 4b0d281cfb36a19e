import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const vera = someone();

portalTest(
  "who signs out takes name and number off the tab, and begins anew",
  async ({ driver }) => {
    const { page } = driver;
    const icon = () => page.getAttribute("link[rel=icon]", "href");
    await driver.until(() => page.title(), (title) => title === "(1) Parlor");
    assert.match(await icon() ?? "", /^data:/);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector(".door-card");
    assert.equal(await page.title(), "Parlor");
    assert.match(await icon() ?? "", /icon\.svg$/);
    await driver.enter("asha");
    await driver.until(() => page.title(), (title) => title === "(1) Parlor");
    await driver.open("hello");
    await driver.until(icon, (href) => /icon\.svg$/.test(href ?? ""));
  },
  { before: ({ say }) => say(vera, "hello") },
);

portalTest(
  "who signs out is not woken any more in this browser",
  async ({ driver, context }) => {
    const { page } = driver;
    await context.grantPermissions(["notifications"], { origin: driver.address });
    await page.getByRole("switch", { name: "Push notifications" }).click();
    await page.getByText("This browser could not be registered").waitFor();
    const isRegistered = () =>
      page.evaluate(async () => await navigator.serviceWorker.getRegistration("/messages") !== undefined);
    assert.ok(await isRegistered());
    await page.locator(".settings-back").click();
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector(".door-card");
    await driver.until(isRegistered, (isSo) => !isSo);
  },
  { path: "/settings/notifications" },
);
