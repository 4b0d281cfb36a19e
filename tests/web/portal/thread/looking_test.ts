import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browserTest, withWindow } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";
import { someone } from "../fixture.ts";

const vera = someone();

/** Time in which a read mark would reach the service if it were sent. Milliseconds. */
const enoughMs = 500;

interface PortalFixture {
  context: BrowserContext;
  page: Page;
  driver: PortalDriver;
  say(content: string): Promise<void>;
  /** asha's read mark as stored by the service. */
  mark(): Promise<number>;
  /** The page's visibility state, and whether it has the focus. */
  sight(): Promise<[string, boolean]>;
}

/** A test with vera's conversation open in the only tab of asha's browser, showing vera's message "hello". */
function windowTest(name: string, play: (fixture: PortalFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha");
    const socket = await parlor.chat(asha, vera);
    const say = async (content: string) => void await socket.say(content);
    await say("hello");
    await withWindow(async (context) => {
      const [page] = context.pages() as [Page];
      const driver = await PortalDriver.of(context, parlor.address, asha, `/to/${vera}`, page);
      await driver.shows((rows) => rows.length === 1);
      const { store } = parlor.running.service.chat;
      const mark = async () => (await store.room({ admin: "asha", consumer: vera }))!.read.admin;
      const sight = () =>
        page.evaluate(() => [document.visibilityState, document.hasFocus()] as [string, boolean]);
      await play({ context, page, driver, say, mark, sight });
      assert.deepEqual(driver.errors, []);
    });
  });
}

/** Vera's messages are shown and counted as unread; the mark stays at `seq`. */
async function staysUnread({ driver, mark }: PortalFixture, seq: number): Promise<void> {
  await driver.shows((rows) => rows.length === seq + 1);
  await driver.until(() => driver.page.title(), (title) => title.startsWith("(1) "));
  await new Promise((done) => setTimeout(done, enoughMs));
  assert.equal(await mark(), seq);
  assert.match(await driver.page.title(), /^\(1\) /);
}

async function isRead({ driver, mark }: PortalFixture, seq: number): Promise<void> {
  await driver.until(mark, (read) => read === seq);
  await driver.until(() => driver.page.title(), (title) => !title.startsWith("("));
}

windowTest(
  "a thread in a window without the focus is not read until it has it",
  async (fixture) => {
    assert.deepEqual(await fixture.sight(), ["visible", false]);
    await staysUnread(fixture, 0);
    await fixture.page.bringToFront();
    assert.deepEqual(await fixture.sight(), ["visible", true]);
    await isRead(fixture, 1);
  },
);

windowTest(
  "a thread in a tab behind another one is not read until that comes to the front",
  async (fixture) => {
    const { context, page, say, sight } = fixture;
    await page.bringToFront();
    await isRead(fixture, 1);
    await (await context.newPage()).bringToFront();
    assert.deepEqual(await sight(), ["hidden", false]);
    await say("you cannot see this");
    await staysUnread(fixture, 1);
    await page.bringToFront();
    await isRead(fixture, 2);
  },
);

windowTest("a thread in a minimized window is not read until that is opened again", async (fixture) => {
  const { context, page, say, sight } = fixture;
  await page.bringToFront();
  await isRead(fixture, 1);
  const session = await context.newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  const have = (windowState: "minimized" | "normal") =>
    session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
  await have("minimized");
  assert.deepEqual(await sight(), ["hidden", false]);
  await say("you cannot see this");
  await staysUnread(fixture, 1);
  await have("normal");
  await page.bringToFront();
  await isRead(fixture, 2);
});
