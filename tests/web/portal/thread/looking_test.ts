import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browserTest, withWindow } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { Desk } from "../desk.ts";
import { someone } from "../scene.ts";

const vera = someone();

/** Long enough for a read mark to reach the service, were it sent. Milliseconds. */
const enoughMs = 500;

interface Scene {
  context: BrowserContext;
  page: Page;
  desk: Desk;
  say(content: string): Promise<void>;
  /** Up to where asha has read, as the service keeps it. */
  mark(): Promise<number>;
  /** Whether the page is in sight, and has the focus. */
  sight(): Promise<[string, boolean]>;
}

/** Vera's conversation is open in the one tab of asha's browser, and it has come in all that she said: "hello". */
function windowTest(name: string, play: (scene: Scene) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha");
    const socket = await parlor.chat(asha, vera);
    const say = async (content: string) => void await socket.say(content);
    await say("hello");
    await withWindow(async (context) => {
      const [page] = context.pages() as [Page];
      const desk = await Desk.of(context, parlor.address, asha, `/to/${vera}`, page);
      await desk.shows((rows) => rows.length === 1);
      const { store } = parlor.running.service.chat;
      const mark = async () => (await store.room({ admin: "asha", consumer: vera }))!.read.admin;
      const sight = () =>
        page.evaluate(() => [document.visibilityState, document.hasFocus()] as [string, boolean]);
      await play({ context, page, desk, say, mark, sight });
      assert.deepEqual(desk.errors, []);
    });
  });
}

/** What vera says is shown, and counted as unread; the mark stays at `seq`. */
async function staysUnread({ desk, mark }: Scene, seq: number): Promise<void> {
  await desk.shows((rows) => rows.length === seq + 1);
  await desk.until(() => desk.page.title(), (title) => title.startsWith("(1) "));
  await new Promise((done) => setTimeout(done, enoughMs));
  assert.equal(await mark(), seq);
  assert.match(await desk.page.title(), /^\(1\) /);
}

async function isRead({ desk, mark }: Scene, seq: number): Promise<void> {
  await desk.until(mark, (read) => read === seq);
  await desk.until(() => desk.page.title(), (title) => !title.startsWith("("));
}

windowTest(
  "a thread in a window without the focus is not read until it has it",
  async (scene) => {
    assert.deepEqual(await scene.sight(), ["visible", false]);
    await staysUnread(scene, 0);
    await scene.page.bringToFront();
    assert.deepEqual(await scene.sight(), ["visible", true]);
    await isRead(scene, 1);
  },
);

windowTest(
  "a thread in a tab behind another one is not read until that comes to the front",
  async (scene) => {
    const { context, page, say, sight } = scene;
    await page.bringToFront();
    await isRead(scene, 1);
    await (await context.newPage()).bringToFront();
    assert.deepEqual(await sight(), ["hidden", false]);
    await say("you cannot see this");
    await staysUnread(scene, 1);
    await page.bringToFront();
    await isRead(scene, 2);
  },
);

windowTest("a thread in a minimized window is not read until that is opened again", async (scene) => {
  const { context, page, say, sight } = scene;
  await page.bringToFront();
  await isRead(scene, 1);
  const session = await context.newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  const have = (windowState: "minimized" | "normal") =>
    session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
  await have("minimized");
  assert.deepEqual(await sight(), ["hidden", false]);
  await say("you cannot see this");
  await staysUnread(scene, 1);
  await have("normal");
  await page.bringToFront();
  await isRead(scene, 2);
});
