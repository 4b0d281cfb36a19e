import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { logQuestion } from "../../../../chat/bot/questions.ts";
import { csvRows } from "../../../../chat/csv.ts";
import type { BotQuestion } from "../../../../db/collections/bot_questions.ts";
import { botReportStrings } from "../../../../web/portal/reports/bot/words/bot_report_strings.ts";
import { strings as arabic } from "../../../../web/portal/reports/bot/words/bot_report_strings_ar.ts";
import { faultsOf } from "../axe.ts";
import { portalTest, type Setting } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

const dayMs = 86_400_000;

/** Questions of the last four weeks: of each day's, one was answered, one found helpful, one offered and one handed over. */
const before: NonNullable<Setting["before"]> = async ({ parlor, asha: { cookie } }) => {
  await parlor.post("/chatbot/api", { bot: { mode: "answer" } }, { cookie });
  const { store } = parlor.running.service.chat, now = Date.now();
  const outcomes: Partial<BotQuestion>[] = [
    { outcome: "answered" },
    { outcome: "helpful" },
    { outcome: "offered" },
    { outcome: "handed_off", reason: "unknown" },
  ];
  for (let seq = 1; seq <= 40; seq++) {
    const question = {
      workspace: "asha",
      consumer: "vera",
      seq,
      text: `Is the shade number ${seq} hand-blown?`,
    };
    const rest = { outcome: "answered" as const, ...outcomes[seq % 4] };
    await logQuestion(store, { ...question, at: now - (seq % 10) * dayMs, ...rest });
  }
};

const toBot = async (page: Page) => {
  await page.waitForSelector(".rep-views input");
  await page.locator(".rep-views input").last().check({ force: true });
  await page.waitForSelector(".rep-bot .rep-chart canvas");
};

portalTest(
  "the bot's report adds up to its figures, by key; its days come as CSV",
  async ({ driver: { page } }) => {
    await page.waitForSelector(".rep-views input");
    await page.focus(".rep-views input:checked");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".rep-bot .rep-chart canvas");
    const figures = await page.$$eval(
      ".rep-bot .rep-figures strong",
      (all) => all.map((one) => one.textContent),
    );
    assert.deepEqual(figures, ["40", "20", "–", "10", "100%"]);
    const rows = await page.$$eval(
      ".rep-bot .rep-rows tr",
      (all) => all.map((row) => [...row.children].slice(1).map((cell) => Number(cell.textContent))),
    );
    const sums = [0, 1, 2, 3].map((column) => rows.slice(1, -1).reduce((sum, row) => sum + row[column]!, 0));
    assert.deepEqual([sums, rows.at(-1)], [[40, 20, 10, 10], [40, 20, 10, 10]]);
    assert.ok((await page.textContent(".rep-bot"))!.includes("it had no answer"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".rep-bot a[download]").press("Enter"),
    ]);
    const { rows: lines } = csvRows(await Deno.readTextFile(await download.path()));
    assert.equal(lines.slice(1).reduce((sum, { values }) => sum + Number(values[1]), 0), 40);
    await page.focus(".rep-views input:checked");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector(".rep-bot", { state: "detached" });
  },
  { before, path: "/reports" },
);

for (const look of looks) {
  portalTest(
    `the bot's report has no fault that axe finds: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await toBot(page);
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      const folder = Deno.env.get("PARLOR_PICTURES");
      if (folder) {
        await page.screenshot({
          path: `${folder}/bot-report-${nameOfLook(look).replaceAll(/\W+/g, "-")}.png`,
        });
      }
    },
    { before, path: "/reports", browser: look },
  );
}

Deno.test("everything that the bot's report says is said in Arabic too", () => {
  for (const word of Object.keys(botReportStrings)) {
    assert.ok(arabic[word as keyof typeof botReportStrings], word);
  }
});
