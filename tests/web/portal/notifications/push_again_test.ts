import assert from "node:assert/strict";
import type { BrowserContext, Page, Request } from "playwright-core";
import { eventually } from "../../../harness/eventually.ts";
import { type Parlor, password } from "../../../harness/parlor.ts";
import type { PortalDriver } from "../portal_driver.ts";
import { type PortalFixture, portalTest } from "../fixture.ts";

const own = "https://fcm.googleapis.com/fcm/send/own", lost = "https://fcm.googleapis.com/fcm/send/lost";

/**
 * Gives pages opened from now on a fake push endpoint, since no browser here can reach a push service;
 * everything else is real.
 */
async function reachPushService(context: BrowserContext, address: string): Promise<void> {
  await context.grantPermissions(["notifications"], { origin: address });
  await context.addInitScript((endpoint) => {
    const subscription = {
      endpoint,
      toJSON: () => ({ endpoint, keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) } }),
      unsubscribe: () => Promise.resolve(localStorage.removeItem("subscribed") ?? true),
    };
    const isSubscribed = () => localStorage.getItem("subscribed") !== null;
    Object.assign(PushManager.prototype, {
      subscribe: () => Promise.resolve(localStorage.setItem("subscribed", "") ?? subscription),
      getSubscription: () => Promise.resolve(isSubscribed() ? subscription : null),
    });
  }, own);
}

/** Enables push for asha in this browser, which shows the settings, and in one that was lost. */
async function turnOn({ context, driver, parlor }: PortalFixture): Promise<void> {
  await reachPushService(context, driver.address);
  await driver.page.reload();
  await pushSwitch(driver).click();
  await isWoken(parlor, [own]);
  await loseOne(parlor);
}

const pushSwitch = ({ page }: PortalDriver) => page.getByRole("switch", { name: "Push notifications" });

function loseOne({ running }: Parlor): Promise<void> {
  const keys = { p256dh: "B".repeat(87), auth: "A".repeat(22) };
  return running.service.chat.store.savePush({ username: "asha", endpoint: lost, ...keys, created: 1 });
}

async function isWoken({ running }: Parlor, expected: string[]): Promise<void> {
  const woken = async () =>
    (await running.service.chat.store.pushes("asha")).map(({ endpoint }) => endpoint).sort();
  let seen: string[] = [];
  const state = () => `${seen}, not ${expected}`;
  await eventually(async () => `${seen = await woken()}` === `${expected}`, { state });
}

async function signIn(parlor: Parlor, agent: string): Promise<{ authorization: string }> {
  const credentials = { username: "asha", password };
  const login = await parlor.post("/accounts/api/login", credentials, { "user-agent": agent });
  return { authorization: `Bearer ${(await login.json()).token}` };
}

const settings = { path: "/settings/notifications" };

portalTest(
  "a browser that stays signed in is woken again from its next visit on; one that was turned off is not",
  async (fixture) => {
    const { driver, parlor } = fixture, { page } = driver;
    await turnOn(fixture);
    await signIn(parlor, "curl/8.0");
    const headers = await signIn(parlor, "a phone");
    const { sessions } = await (await parlor.fetch("/messages/api/sessions", { headers })).json();
    const { id } = sessions.find(({ agent }: { agent: string }) => agent === "curl/8.0");
    await parlor.fetch(`/messages/api/sessions/${id}`, { method: "DELETE", headers });
    await isWoken(parlor, []);
    await page.goto(`${driver.address}/messages`);
    await isWoken(parlor, [own]);

    await page.goto(`${driver.address}/messages/settings/notifications`);
    await driver.until(() => pushSwitch(driver).isChecked(), (isOn) => isOn);
    await pushSwitch(driver).click();
    const workers = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    await driver.until(workers, (count) => count === 0);
    await isWoken(parlor, []);
    let given = 0;
    page.on("request", (request) => given += Number(givesAddress(request)));
    await page.goto(`${driver.address}/messages`);
    await page.waitForSelector(".shell");
    await page.waitForLoadState("networkidle");
    assert.equal(given, 0);
    await isWoken(parlor, []);
  },
  settings,
);

const givesAddress = (request: Request) =>
  request.method() === "POST" && request.url().endsWith("/messages/api/push");

const acts: Record<string, (page: Page) => Promise<void>> = {
  "ended one session": async (page) => {
    await page.getByRole("button", { name: /^End curl/ }).click();
    await page.getByRole("button", { name: /^End curl/ }).waitFor({ state: "detached" });
  },
  "ended the others": async (page) => {
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("button", { name: /^End curl/ }).waitFor({ state: "detached" });
  },
  "changed the password": async (page) => {
    await page.fill("#set-password", password);
    await page.fill("#set-new_password", "a longer new one");
    await page.press("#set-new_password", "Enter");
    await page.waitForSelector("p.set-good:text-is('Password changed')");
  },
};

for (const [name, act] of Object.entries(acts)) {
  portalTest(
    `a browser that has ${name} is woken on, and no other is`,
    async (fixture) => {
      const { driver, parlor } = fixture, { page } = driver;
      await turnOn(fixture);
      await signIn(parlor, "curl/8.0");
      const visited = page.waitForResponse((response) => givesAddress(response.request()));
      await page.goto(`${driver.address}/messages/settings/account`);
      await page.getByRole("button", { name: /^End curl/ }).waitFor();
      await visited;
      await act(page);
      await isWoken(parlor, [own]);
    },
    settings,
  );
}

portalTest(
  "nobody is told that an address could not be given again",
  async (fixture) => {
    const { driver, parlor } = fixture, { page } = driver;
    await turnOn(fixture);
    await signIn(parlor, "curl/8.0");
    const answers = ["404", "none", "404"];
    let given = 0;
    await page.route("**/messages/api/push", (route) => {
      const answer = answers[given++ % answers.length];
      return answer === "none" ? route.abort() : route.fulfill({ status: 404, json: { error: {} } });
    });
    await page.goto(`${driver.address}/messages/settings/account`);
    await page.getByRole("button", { name: /^End curl/ }).waitFor();
    await eventually(() => given === 1);
    await acts["ended the others"]!(page);
    await eventually(() => given === 2);
    await acts["changed the password"]!(page);
    await eventually(() => given === 3);
    const told = await page.locator(".set-problem, [role=alert]").allTextContents();
    assert.equal(told.join(""), "");
    await isWoken(parlor, []);
  },
  settings,
);

portalTest(
  "a browser that was woken for one account is not woken for it once another one has signed in",
  async (fixture) => {
    const { driver, parlor, context } = fixture, { page } = driver;
    await turnOn(fixture);
    const bela = await parlor.signUp("bela");
    const [name, value] = bela.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: driver.address }]);
    await page.goto(`${driver.address}/messages`);
    await page.waitForSelector("text=Welcome, bela");
    const isSubscribed = () => page.evaluate(() => localStorage.getItem("subscribed") !== null);
    await driver.until(isSubscribed, (isSo) => !isSo);
    assert.deepEqual(await parlor.running.service.chat.store.pushes("bela"), []);
    assert.equal(await page.evaluate(() => localStorage.getItem("parlor:pushed")), null);
  },
  settings,
);
