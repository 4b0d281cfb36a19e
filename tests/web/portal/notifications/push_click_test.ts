import assert from "node:assert/strict";
import type { BrowserContext, Page, Worker } from "playwright-core";
import { portalTest, someone } from "../fixture.ts";

const vera = someone(), path = `/messages/to/${vera}`;

/** Enables push as far as possible without a push service: the worker is registered. */
async function wakeable(context: BrowserContext, page: Page, address: string): Promise<Worker> {
  await context.grantPermissions(["notifications"], { origin: address });
  await page.getByRole("switch", { name: "Push notifications" }).click();
  await page.getByText("This browser could not be registered").waitFor();
  return context.serviceWorkers()[0]!;
}

/**
 * Simulates a click on a notification of vera's. A browser opens or focuses a window only after a user's own
 * click, so the worker's calls are recorded instead; returns them when its work is done.
 */
function click(worker: Worker): Promise<string[]> {
  return worker.evaluate(async (path) => {
    // deno-lint-ignore no-explicit-any
    const self = globalThis as any;
    const asked: string[] = [];
    self.clients.openWindow = (path: string) => Promise.resolve(void asked.push(`open ${path}`));
    self.WindowClient.prototype.focus = function () {
      return Promise.resolve(void asked.push(`focus ${new URL(this.url).pathname}`));
    };
    await self.registration.showNotification("Vera", { data: { path } });
    const [notification] = await self.registration.getNotifications();
    const event = new self.NotificationEvent("notificationclick", { notification });
    const work: Promise<unknown>[] = [];
    event.waitUntil = (promise: Promise<unknown>) => work.push(promise);
    self.dispatchEvent(event);
    await Promise.all(work);
    return asked;
  }, path);
}

const settings = { path: "/settings/notifications" };

portalTest(
  "a click while no portal is open opens one at that conversation, whatever else of the service's is open",
  async ({ driver, context, say, parlor }) => {
    await say(vera, "hello");
    const { page } = driver;
    const worker = await wakeable(context, page, driver.address);
    await page.goto(`${parlor.address}/chatbot/asha/${someone()}`);
    assert.deepEqual(await click(worker), [`open ${path}`]);
    assert.match(page.url(), /\/chatbot\/asha\//, "the visitor's page is left alone");
    // Opens the path, as the browser would.
    await page.goto(parlor.address + path);
    await driver.shows((rows) => rows[0]?.text === "hello");
  },
  settings,
);

portalTest(
  "a click while the portal is open brings it to the front, at that conversation, and opens no other",
  async ({ driver, context, say }) => {
    await say(vera, "hello");
    const worker = await wakeable(context, driver.page, driver.address);
    assert.deepEqual(await click(worker), ["focus /messages/settings/notifications"]);
    await driver.shows((rows) => rows[0]?.text === "hello");
  },
  settings,
);

portalTest(
  "a portal that was loaded past the worker, as by a forced reload, is open all the same",
  async ({ driver, context, say }) => {
    await say(vera, "hello");
    const { page } = driver;
    const worker = await wakeable(context, page, driver.address);
    const session = await context.newCDPSession(page);
    await session.send("Page.reload", { ignoreCache: true });
    await page.waitForSelector("#set-heading", { state: "attached" });
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.deepEqual(await click(worker), ["focus /messages/settings/notifications"]);
    await driver.shows((rows) => rows[0]?.text === "hello");
  },
  settings,
);
