import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";
import { someone } from "../fixture.ts";

interface Fixture {
  parlor: Parlor;
  asha: Admin;
  bela: Admin;
  context: BrowserContext;
}

/** A test in one browser, on a service with asha's and bela's accounts; a visitor has written to asha. */
function tabsTest(name: string, play: (fixture: Fixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const [asha, bela] = [await parlor.signUp("asha"), await parlor.signUp("bela")];
    await (await parlor.chat(asha, someone())).say("hello asha");
    const context = await browse({ locale: "en-GB" });
    try {
      await play({ parlor, asha, bela, context });
    } finally {
      await context.close();
    }
  });
}

const stored = ({ page }: PortalDriver) =>
  page.evaluate(() => Object.entries(localStorage).flat().join("\n"));

async function signOut({ page }: PortalDriver): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForSelector(".door-card");
}

tabsTest("a tab says that somebody else has signed in, and changes nothing of theirs", async (fixture) => {
  const { parlor, bela, context } = fixture;
  const titleOf = async () =>
    (await (await parlor.fetch("/chatbot/api", { headers: { cookie: bela.cookie } })).json()).title;
  const before = await titleOf();
  const driver = await PortalDriver.of(context, parlor.address, fixture.asha, "/settings/chatbot");
  await driver.page.fill("#set-title", "Asha's lamps");
  // Only the cookie changes, as by a tab of another browser window that sends no message to this one.
  const [name, value] = bela.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: parlor.address }]);
  await driver.page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
  await driver.page.waitForSelector("text=Somebody else is signed in");
  assert.equal(await titleOf(), before);
  await driver.page.getByRole("button", { name: "Load anew" }).click();
  await driver.page.waitForSelector(".shell");
  await driver.page.getByRole("button", { name: "Menu" }).click();
  await driver.page.waitForSelector("text=Signed in as bela");
});

tabsTest(
  "a tab of the one account is told at once when another tab signs in to the other",
  async (fixture) => {
    const { parlor, context } = fixture;
    const first = await PortalDriver.at(context, parlor.address),
      second = await PortalDriver.at(context, parlor.address);
    await first.page.waitForSelector(".door-card");
    await second.page.waitForSelector(".door-card");
    await first.enter("asha");
    await first.open("hello asha");
    await second.page.waitForSelector(".shell");
    await signOut(second);
    await first.page.waitForSelector("text=You signed out in another tab");
    await first.enter("asha");
    await second.page.waitForSelector(".shell");
    const third = await PortalDriver.at(context, parlor.address);
    await third.page.waitForSelector(".shell");
    // The third tab shows the sign-in page because it lost its own session; the others keep theirs.
    const [name, value] = fixture.bela.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: parlor.address }]);
    await third.page.evaluate(() => {
      const tabs = new BroadcastChannel("parlor:session");
      tabs.postMessage({ type: "in", username: "bela" });
    });
    for (const driver of [first, second]) {
      await driver.page.waitForSelector(
        "text=Somebody else is signed in",
      );
    }
  },
);

tabsTest(
  "a socket that comes back as somebody else's is noticed",
  async ({ parlor, asha, bela, context }) => {
    const driver = await PortalDriver.of(context, parlor.address, asha);
    await driver.lists((rooms) => rooms.length === 1);
    const [name, value] = bela.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: parlor.address }]);
    for (const one of parlor.running.service.hub.listeners.all) one.close(1012, "restarting");
    await driver.page.waitForSelector("text=Somebody else is signed in");
  },
);

tabsTest("after signing out nothing of the account is left in the browser", async (fixture) => {
  const { parlor, asha, context } = fixture;
  const driver = await PortalDriver.of(context, parlor.address, asha),
    other = await PortalDriver.at(context, parlor.address);
  await driver.open("hello asha");
  await other.open("hello asha");
  await context.setOffline(true);
  await driver.write("a message that waits");
  await driver.page.fill(".composer textarea", "a secret draft");
  await driver.until(() => stored(driver), (text) => /a secret draft/.test(text) && /that waits/.test(text));
  await other.page.fill(".composer textarea", "a draft of the other tab");
  await signOut(driver);
  await other.page.waitForSelector(".door-card");
  // A page stores unsaved state when it is left.
  await other.page.goto("about:blank");
  // Another process sees a tab's storage deletions with a delay.
  await driver.until(() => stored(driver), (text) => !/asha|draft|waits/.test(text));
});

tabsTest(
  "what was being written is kept when a session ended, for the same account alone",
  async (fixture) => {
    const { parlor, asha, context } = fixture;
    const driver = await PortalDriver.of(context, parlor.address, asha);
    const end = async (cookie: string) => {
      assert.equal((await parlor.post("/accounts/api/logout", {}, { cookie })).status, 204);
      await driver.page.waitForSelector("text=You were signed out");
    };
    await driver.open("hello asha");
    await driver.page.fill(".composer textarea", "half a sentence");
    await end(asha.cookie);
    assert.doesNotMatch(await stored(driver), /half a sentence/);
    await driver.enter("asha");
    await driver.page.waitForSelector(".composer textarea");
    assert.equal(await driver.page.inputValue(".composer textarea"), "half a sentence");
    const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith("parlor_session"));
    await end(`${cookie!.name}=${cookie!.value}`);
    await driver.enter("bela");
    await driver.page.waitForSelector(".shell");
    assert.doesNotMatch(await stored(driver), /half a sentence|parlor:asha/);
  },
);
