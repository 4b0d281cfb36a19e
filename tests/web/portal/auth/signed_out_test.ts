import assert from "node:assert/strict";
import { portalTest, someone } from "../scene.ts";

const vera = someone();

portalTest(
  "who signs out takes name and number off the tab, and begins anew",
  async ({ desk }) => {
    const { page } = desk;
    const icon = () => page.getAttribute("link[rel=icon]", "href");
    await desk.until(() => page.title(), (title) => title === "(1) Parlor");
    assert.match(await icon() ?? "", /^data:/);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector(".door-card");
    assert.equal(await page.title(), "Parlor");
    assert.match(await icon() ?? "", /icon\.svg$/);
    await desk.enter("asha");
    await desk.until(() => page.title(), (title) => title === "(1) Parlor");
    await desk.open("hello");
    await desk.until(icon, (href) => /icon\.svg$/.test(href ?? ""));
  },
  { before: ({ say }) => say(vera, "hello") },
);

portalTest(
  "who signs out is not woken any more in this browser",
  async ({ desk, context }) => {
    const { page } = desk;
    await context.grantPermissions(["notifications"], { origin: desk.address });
    await page.getByRole("switch", { name: "Push notifications" }).click();
    await page.getByText("This browser could not be registered").waitFor();
    const isRegistered = () =>
      page.evaluate(async () => await navigator.serviceWorker.getRegistration("/messages") !== undefined);
    assert.ok(await isRegistered());
    await page.locator(".settings-back").click();
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForSelector(".door-card");
    await desk.until(isRegistered, (isSo) => !isSo);
  },
  { path: "/settings/notifications" },
);
