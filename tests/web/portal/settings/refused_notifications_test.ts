import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { portalTest, someone } from "../fixture.ts";

/** A browser whose user has not been asked, and denies the permission when asked. */
function refuseWhenAsked(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    let permission: NotificationPermission = "default";
    Object.defineProperty(Notification, "permission", { get: () => permission });
    Notification.requestPermission = () => Promise.resolve(permission = "denied");
  });
}

/** Resolves when the portal's socket receives events. */
function listening(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.once("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (String(payload).includes('"subscribed"')) resolve();
      }));
  });
}

portalTest(
  "refused notifications are said in one line, and push is no longer offered",
  async ({ driver, parlor }) => {
    const { page } = driver;
    await refuseWhenAsked(page);
    for (const name of ["Desktop notifications", "Push notifications"]) {
      await page.goto(`${parlor.address}/messages/settings/notifications`);
      await page.getByRole("switch", { name }).click();
      await page.getByText("Your browser blocks notifications of this site").waitFor();
      const text = await page.textContent(".set-main-part") ?? "";
      assert.equal(text.match(/your browser/gi)?.length, 2, text);
      assert.match(text, /Not while your browser blocks notifications/);
      assert.doesNotMatch(text, /Try again|does not allow it/);
      assert.ok(await page.getByRole("switch", { name: "Push notifications" }).isDisabled());
      assert.equal(await page.getByRole("switch", { name: "Push notifications" }).isChecked(), false);
    }
  },
);

portalTest(
  "the question whether to be told stands until it is answered, over a reload too",
  async ({ driver, say }) => {
    const { page } = driver;
    await refuseWhenAsked(page);
    const hears = listening(page);
    await page.reload();
    await hears;
    await say(someone(), "hello");
    await page.waitForSelector(".ask");
    await page.reload();
    await page.waitForSelector(".ask");
    await page.getByRole("button", { name: "Not now" }).click();
    await page.reload();
    await page.waitForSelector("a.room");
    assert.equal(await page.locator(".ask").count(), 0);
  },
);
