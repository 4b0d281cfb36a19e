import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { editableMs } from "../../../../protocol/limits.ts";
import { languages } from "../../../../web/widget/frame/words.ts";
import { ownStrings } from "../../../../web/widget/own/own_words.ts";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { violations } from "../axe.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

interface Shop {
  parlor: Parlor;
  site: Site;
  visit: Visit;
  frame: Frame;
  answers: Answers;
}

interface Look {
  locale?: string;
  width?: number;
  colorScheme?: "dark" | "light";
  hasTouch?: boolean;
  bot?: boolean;
}

/** Vera has written "My code is 1234". */
function ownTest(name: string, play: (shop: Shop) => Promise<void>, look: Look = {}): void {
  const { locale = "en-GB", width = 1280, colorScheme, hasTouch, bot } = look;
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    const settings = {
      title: "The lamp shop",
      greeting: "",
      ...bot && { bot: { mode: "answer", name: "Wick" } },
    };
    await parlor.post("/chatbot/api", settings, { cookie: asha.cookie });
    await using site = Site.with(parlor, "asha");
    const viewport = { width, height: 844 };
    const context = await browse({ locale, colorScheme, hasTouch, reducedMotion: "reduce", viewport });
    const answers = await Answers.of(parlor, asha);
    try {
      const visit = await Visit.to(context, site.address);
      const frame = await visit.open();
      await visit.write("My code is 1234");
      await frame.waitForSelector(more, { state: "attached" });
      await play({ parlor, site, visit, frame, answers });
      assert.deepEqual(visit.errors, []);
    } finally {
      answers.close();
      await context.close();
    }
  });
}
const more = ".mine .more", edit = ".own-menu .edit", remove = ".own-menu .delete";
const draft = (frame: Frame) => frame.inputValue("textarea");

Deno.test("what is said around an own text is said in every language", () => {
  assert.deepEqual(Object.keys(ownStrings).sort(), ["en", ...Object.keys(languages)].sort());
});

ownTest("vera edits by keyboard, keeps her draft, and all tabs and the team see it", async (shop) => {
  const { site, visit, frame, answers } = shop;
  const second = await Visit.to(visit.page.context(), site.address);
  await second.open();
  await second.shows((rows) => rows.at(-1)?.text === "My code is 1234");
  await frame.fill("textarea", "A draft");
  await frame.focus(more);
  await frame.press(more, "Enter");
  assert.deepEqual(await violations(frame), []);
  await frame.press(edit, "Escape");
  assert.equal(await frame.isVisible(edit), false);
  assert.equal(await frame.evaluate(() => document.activeElement?.className), "more");
  await frame.press(more, "Enter");
  await frame.press(edit, "Enter");
  assert.equal(await draft(frame), "My code is 1234");
  await frame.waitForSelector(".editing:visible");
  assert.deepEqual(await violations(frame), []);
  await frame.press("textarea", "Escape");
  assert.equal(await draft(frame), "A draft");
  assert.equal(await frame.isVisible(".editing"), false);
  await frame.click(more);
  await frame.click(edit);
  await frame.fill("textarea", "My code is 4321");
  assert.equal((await visit.kept("asha")).draft, "A draft");
  await frame.press("textarea", "Enter");
  for (const tab of [visit, second]) {
    await tab.shows((rows) => rows.length === 1 && rows[0]?.text === "My code is 4321 (edited)");
  }
  await frame.waitForFunction(() => document.querySelector("textarea")!.value === "A draft");
  for (;;) {
    const { message } = await answers.next("new_message");
    if (message.kind === "edit") {
      assert.deepEqual([message.content, message.edit.seq], ["My code is 4321", 1]);
      break;
    }
  }
});

ownTest(
  "offline says so and keeps what was typed; then it is saved once",
  async ({ parlor, visit, frame }) => {
    await frame.click(more);
    await frame.click(edit);
    await frame.fill("textarea", "My code is 4321");
    await visit.page.context().setOffline(true);
    await frame.waitForFunction(() => document.querySelector(".notice")?.textContent, undefined, {
      timeout: 30_000,
    });
    await frame.press("textarea", "Enter");
    await frame.waitForFunction(() => document.querySelector(".editing .refused")?.textContent);
    assert.equal(await draft(frame), "My code is 4321");
    assert.deepEqual(await visit.texts(), ["My code is 1234"]);
    await visit.page.context().setOffline(false);
    await frame.waitForFunction(() => !document.querySelector(".notice")?.textContent, undefined, {
      timeout: 40_000,
    });
    await frame.press("textarea", "Enter");
    await visit.shows((rows) => rows[0]?.text === "My code is 4321 (edited)");
    await frame.waitForSelector(".editing", { state: "hidden" });
    const { store } = parlor.running.service.chat;
    const key = { admin: "asha", consumer: await visit.consumer("asha") };
    const messages = await store.messagesAfter(key, 0, 10);
    assert.equal(messages.filter(({ kind }) => kind === "edit").length, 1);
  },
);

ownTest("deleting asks once, and what is too old says so", async ({ parlor, visit, frame }) => {
  await visit.write("Second");
  await visit.shows((rows) => rows.length === 2 && /Sent|Read/.test(rows[1]?.state ?? ""));
  const second = `.row:nth-last-child(1 of .row) .more`;
  await frame.click(more);
  await frame.click(remove);
  assert.equal(await frame.isVisible(".own-menu p"), true);
  assert.deepEqual(await violations(frame), []);
  await frame.click(".own-menu .cancel");
  assert.equal((await visit.texts())[0], "My code is 1234");
  await frame.click(more);
  await frame.click(remove);
  await frame.click(remove);
  await frame.waitForSelector(".bubble.deleted");
  assert.equal(await frame.locator(".more").count(), 1, "what is deleted cannot be changed");
  await frame.click(second);
  await frame.click(edit);
  await frame.fill("textarea", "Third");
  const { chat } = parlor.running.service, { now } = chat;
  chat.now = () => now() + editableMs + 1;
  await frame.press("textarea", "Enter");
  await frame.waitForFunction(() =>
    document.querySelector(".editing .refused")?.textContent === "This message can no longer be changed."
  );
  assert.equal(await draft(frame), "Third");
});

ownTest("a finger that stays opens the menu, in Arabic on a dark phone", async ({ visit, frame }) => {
  const { x, y, width, height } = (await (await frame.$(".mine .bubble"))!.boundingBox())!;
  const session = await visit.page.context().newCDPSession(visit.page);
  const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await frame.waitForSelector(edit);
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  assert.deepEqual(await violations(frame), []);
  const menu = (await (await frame.$(".own-menu"))!.boundingBox())!;
  assert.ok(menu.x >= 0 && menu.x + menu.width <= 390, "nothing sticks out");
  assert.equal(await frame.textContent(edit), ownStrings.ar!.edit);
  await frame.tap(edit);
  assert.deepEqual(await violations(frame), []);
}, { locale: "ar", width: 390, colorScheme: "dark", hasTouch: true });

ownTest("a text handed to the bot can be edited too", async ({ visit, frame }) => {
  await frame.click(more);
  await frame.click(edit);
  await frame.fill("textarea", "My code is 4321");
  await frame.press("textarea", "Enter");
  await visit.shows((rows) => rows.some(({ text }) => text === "My code is 4321 (edited)"), 20_000);
}, { bot: true });
