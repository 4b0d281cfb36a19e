import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browse, browserTest } from "../../harness/browser.ts";
import { Parlor } from "../../harness/parlor.ts";
import { unlimited } from "../widget/visit.ts";
import { faultsOf } from "./axe.ts";
import { PortalDriver } from "./portal_driver.ts";
import { looks, nameOfLook } from "./looks.ts";
import { type PortalFixture, portalTest, someone } from "./fixture.ts";

const vera = someone(), victor = someone();

/**
 * Creates rooms of every kind: named, unnamed, resolved, blocked, in another script, with an answer and a
 * link.
 */
async function seedDemo({ parlor, asha, say }: Omit<PortalFixture, "driver" | "context">): Promise<void> {
  const page = { url: "https://tea.example/oolong", referrer: "https://search.example/" };
  const known = { consumer: vera, page, locale: "hi-IN", time_zone: "Asia/Kolkata", name: "Vera Rao" };
  await parlor.visit(asha, { ...known, email: "vera@example.com" });
  await say(victor, "صباح الخير، أين طلبي؟");
  await say(someone(), "to be resolved");
  await say(vera, "Hello! Is https://tea.example/oolong still there?");
  const { store } = parlor.running.service.chat;
  await store.appendMessage({
    ...{ admin: "asha", consumer: vera, side: "admin", kind: "text", at: Date.now() },
    content: "Yes, it is.",
  });
  for (const content of ["resolved", "open"]) {
    const status = { side: "admin", kind: "status", content, at: Date.now() } as const;
    await store.appendMessage({ admin: "asha", consumer: vera, ...status });
  }
  const blocked = someone();
  await say(blocked, "something rude");
  await store.blockVisitor({ admin: "asha", consumer: blocked }, Date.now());
}

/** Visits each state of the portal and calls `look` in it. */
async function everyState(driver: PortalDriver, look: (state: string) => Promise<void>): Promise<void> {
  const { page } = driver;
  const isPhone = page.viewportSize()!.width < 760;
  const back = () => isPhone ? page.click(".thread-head .back") : Promise.resolve();
  await page.waitForSelector("a.room");
  await look("inbox");
  await page.click("[data-tab=resolved]");
  await page.waitForSelector(".quiet-note, a.room");
  await look("an empty tab");
  await page.click("[data-tab=all]");
  await page.locator(`a.room[data-consumer="${vera}"]`).click();
  await page.waitForSelector(".status-line");
  await look("a thread");
  if (isPhone) {
    await page.click("[aria-controls=visitor-panel]");
    await page.waitForSelector(".facts dd");
    await look("the panel");
    await page.click(".panel-close");
  }
  await page.fill(".composer textarea", "x".repeat(4_001));
  await look("a message that is too long");
  await page.fill(".composer textarea", "");
  if (!isPhone) {
    await page.click(".panel-acts .grave");
    await look("a question");
    await page.keyboard.press("Escape");
  }
  await back();
  await page.click(".menu > button");
  await look("the menu");
  await page.keyboard.press("Escape");
  await page.click(".inbox-head a[href$=search]");
  await page.fill(".search-box input", "oolong");
  await page.waitForSelector("mark");
  await look("a search");
  await page.fill(".search-box input", "nothing of the kind");
  await page.waitForSelector(".search .quiet-note");
  await look("a search that finds nothing");
  await page.goto(`${driver.address}/messages/nowhere/at/all`);
  await page.waitForSelector(".notice-page h1");
  await look("an address of nothing");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await look("the keys");
}

for (const browser of looks) {
  portalTest(`axe has nothing against any state: ${nameOfLook(browser)}`, async ({ driver }) => {
    const faults: string[] = [];
    await everyState(driver, async (state) => {
      await driver.page.waitForTimeout(200);
      for (const fault of await faultsOf(driver.page)) faults.push(`${state}: ${fault}`);
    });
    assert.deepEqual(faults, []);
    assert.equal(await driver.page.getAttribute("html", "dir"), browser.locale === "ar" ? "rtl" : "ltr");
  }, { browser, before: seedDemo });
}

browserTest(
  "axe has nothing against the door and the first steps, and both work by keyboard alone",
  async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    for (const { viewport, colorScheme } of [looks[0], looks[3]]) {
      const context = await browse({ viewport, colorScheme, locale: "en-GB" });
      try {
        const driver = await PortalDriver.at(context, parlor.address);
        const { page } = driver;
        await page.waitForSelector(".door-card");
        assert.deepEqual(await faultsOf(page), []);
        await page.keyboard.press("Enter");
        await page.waitForSelector("text=Please fill this in");
        assert.deepEqual(await faultsOf(page), []);
        await tabTo(page, "Create account");
        await page.keyboard.press("Enter");
        await page.keyboard.type(`asha-${viewport.width}`);
        await page.keyboard.press("Tab");
        await page.keyboard.type("short");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".problem >> text=at least 8 characters");
        await page.waitForSelector("[name=password]:focus");
        await page.keyboard.press("Control+A");
        await page.keyboard.type("correct horse battery");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".steps .field");
        assert.deepEqual(await faultsOf(page), []);
        await tabTo(page, "Open the test page");
        assert.deepEqual(driver.errors, []);
      } finally {
        await context.close();
      }
    }
  },
);

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: string, key = "Tab"): Promise<void> {
  const here = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      if (activeElement === document.body) return "";
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent?.trim() ?? "";
    });
  for (let i = 0; i < 60; i++) {
    if ((await here()).includes(name)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`Tab does not come to ${name}`);
}

portalTest(
  "everything is done by keys alone, and the focus is always to be seen",
  async ({ driver, say }) => {
    const { page } = driver;
    const focused = () =>
      page.evaluate(() => document.activeElement?.querySelector(".room-last")?.textContent);
    await page.waitForSelector("a.room");
    await page.keyboard.press("j");
    assert.equal(await focused(), "three");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await focused(), "one");
    await page.keyboard.press("k");
    assert.equal(await focused(), "two");
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    assert.notEqual(ring, "none");
    await page.keyboard.press("Enter");
    await driver.shows((rows) => rows[0]?.text === "two");
    await page.keyboard.press("r");
    await page.keyboard.type("an answer, j k e ? and /");
    await page.keyboard.press("Enter");
    await driver.shows((rows) => rows[1]?.text === "an answer, j k e ? and /");
    await page.keyboard.press("Escape");
    await driver.until(focused, (last) => last === "You: an answer, j k e ? and /");
    await page.keyboard.press("e");
    await page.waitForSelector("text=asha resolved this conversation");
    await page.keyboard.press("e");
    await page.waitForSelector("text=asha reopened this conversation");
    await page.keyboard.press("Escape");
    await page.waitForSelector("text=No conversation selected");
    await tabTo(page, "Open 3", "Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("[data-tab=unread][aria-selected=true]");
    await driver.lists((rooms) => rooms.length === 2);
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.type("three");
    await page.waitForSelector("mark");
    await tabTo(page, "three");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".row.found");
    await say(victor, "heard by ear");
    await page.waitForSelector("[role=log] >> text=says: heard by ear", { state: "attached" });
  },
  {
    before: async ({ say }) => {
      await say(someone(), "one");
      await say(someone(), "two");
      await say(victor, "three");
    },
  },
);
