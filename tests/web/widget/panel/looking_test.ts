import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browserTest, withWindow } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

/** Time in which a read mark would reach the service if it were sent. Milliseconds. */
const enoughMs = 500;

interface WidgetFixture {
  context: BrowserContext;
  page: Page;
  /** The page's visibility state, and whether it has the focus. */
  sight(): Promise<[string, boolean]>;
  /** Asha answers, and vera's chat displays it. */
  answer(): Promise<void>;
  /** All but the last answer are read, and this stays so. */
  isUnread(): Promise<void>;
  isRead(): Promise<void>;
}

/** A test with the chat open in the only tab of vera's browser, after vera has written. */
function windowTest(name: string, play: (fixture: WidgetFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const answers = await Answers.of(parlor, asha);
    await withWindow(async (context) => {
      const [page] = context.pages() as [Page];
      const visit = await Visit.to(context, site.address, page);
      await visit.open();
      // Not by keyboard: that would give the page the focus.
      await visit.parlor("send", "hello");
      await visit.shows((rows) => rows[1]?.state === "Sent");
      const consumer = await visit.consumer("asha");
      const key = { admin: "asha", consumer };
      const room = async () => (await parlor.running.service.chat.store.room(key))!;
      let head = 1;
      await play({
        context,
        page,
        sight: () => page.evaluate(() => [document.visibilityState, document.hasFocus()]),
        async answer() {
          answers.write(consumer, `answer ${++head}`);
          await visit.shows((rows) => rows.at(-1)?.text === `answer ${head}`);
        },
        async isUnread() {
          await new Promise((done) => setTimeout(done, enoughMs));
          assert.equal((await room()).read.visitor, head - 1);
        },
        isRead: () => eventually(async () => (await room()).read.visitor === head),
      });
      assert.deepEqual(visit.errors, []);
    });
  });
}

windowTest(
  "an answer in a window without the focus is not read until it has it",
  async ({ page, sight, answer, isUnread, isRead }) => {
    assert.deepEqual(await sight(), ["visible", false]);
    await answer();
    await isUnread();
    await page.bringToFront();
    await isRead();
  },
);

windowTest(
  "an answer in a tab behind another one is not read until that comes to the front",
  async ({ context, page, sight, answer, isUnread, isRead }) => {
    await page.bringToFront();
    await (await context.newPage()).bringToFront();
    assert.deepEqual(await sight(), ["hidden", false]);
    await answer();
    await isUnread();
    await page.bringToFront();
    await isRead();
  },
);

windowTest(
  "an answer beside which the visitor reads the page itself is read, until the window is left",
  async ({ context, page, answer, isUnread, isRead }) => {
    await page.bringToFront();
    await page.click("h1", { position: { x: 5, y: 5 } });
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await answer();
    await isRead();
    await (await context.newPage()).bringToFront();
    await answer();
    await isUnread();
    await page.bringToFront();
    await isRead();
  },
);
