import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { violations } from "../axe.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

interface Resolved {
  parlor: Parlor;
  asha: Admin;
  visit: Visit;
  answers: Answers;
  frame: Frame;
  consumer: string;
}

/** Vera has written, asha has answered and resolved the conversation. */
function ratingTest(
  name: string,
  play: (fixture: Resolved) => Promise<void>,
  { locale = "en-GB", width = 1280 }: { locale?: string; width?: number } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await parlor.post("/chatbot/api", { title: "The lamp shop" }, { cookie: asha.cookie });
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale, viewport: { width, height: 800 } });
    const answers = await Answers.of(parlor, asha);
    const visit = await Visit.to(context, site.address);
    const frame = await visit.open();
    await visit.write("is it bright?");
    await visit.shows((rows) => rows.length === 2);
    const consumer = await visit.consumer("asha");
    answers.write(consumer, "very");
    await visit.shows((rows) => rows.length === 3);
    answers.send({ command: "update_room", consumer, status: "resolved" });
    try {
      await play({ parlor, asha, visit, answers, frame, consumer });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const scoreOf = (score: number) => `.rating input[value="${score}"]`;

ratingTest("vera rates the conversation by keyboard, and changes her mind", async (fixture) => {
  const { frame, answers } = fixture;
  await frame.focus(scoreOf(3));
  await frame.press(scoreOf(3), "ArrowRight");
  assert.equal(await frame.textContent(".rating legend"), "How was it with The lamp shop?");
  assert.deepEqual(await violations(frame), []);
  await frame.fill(".rating textarea", "a bright answer");
  await frame.press(".rating textarea", "Tab");
  await frame.press(".rating button.main", "Enter");
  await frame.waitForSelector(".rating .thanks");
  assert.deepEqual(await violations(frame), []);
  const { entry } = await answers.next("staff");
  assert.deepEqual([entry.kind, entry.detail.score, entry.detail.comment], ["rated", 4, "a bright answer"]);
  assert.equal(await frame.evaluate(() => document.activeElement?.textContent), "Change rating");
  await frame.press(".rating button.link", "Enter");
  await frame.check(scoreOf(2), { force: true });
  await frame.click(".rating button.main");
  await frame.waitForSelector(".rating .thanks");
  const { entry: second } = await answers.next("staff");
  assert.deepEqual([second.detail.score, second.detail.again], [2, true]);
});

ratingTest(
  "a rating is remembered over a reload, and gone once the conversation goes on",
  async (fixture) => {
    const { frame, visit } = fixture;
    await frame.check(scoreOf(5), { force: true });
    await frame.click(".rating button.main");
    await frame.waitForSelector(".rating .thanks");
    await visit.page.reload();
    const again = await visit.open();
    await again.waitForSelector(".rating .thanks");
    await visit.write("one more thing");
    await again.waitForSelector(".rating", { state: "detached" });
  },
);

ratingTest("who does not want to rate closes the card and writes on", async ({ frame, visit }) => {
  await frame.click(".rating .dismiss");
  await frame.waitForSelector(".rating", { state: "detached" });
  await visit.write("bye");
  await visit.shows((rows) => rows.at(-1)?.text === "bye");
});

ratingTest(
  "a rating that is not stored says so, and can be sent again",
  async ({ frame }) => {
    await frame.check(scoreOf(1), { force: true });
    await frame.page().context().setOffline(true);
    await frame.click(".rating button.main");
    await frame.waitForSelector(".rating .refused:not(:empty)");
    await frame.page().context().setOffline(false);
    // Refused until the chat is connected again.
    await eventually(async () => {
      if (await frame.isVisible(".rating .thanks")) return true;
      await frame.click(".rating button.main", { timeout: 1_000 }).catch(() => {});
      return false;
    }, { ms: 30_000 });
  },
);

ratingTest("the card reads from right to left on a phone", async ({ frame }) => {
  await frame.waitForSelector(".rating");
  assert.equal(await frame.textContent(".rating legend"), "كيف كانت المحادثة مع The lamp shop؟");
  assert.deepEqual(await violations(frame), []);
  const isWithin = await frame.$eval(".rating", (card) => card.scrollWidth <= card.clientWidth);
  assert.ok(isWithin, "nothing sticks out");
}, { locale: "ar", width: 390 });
