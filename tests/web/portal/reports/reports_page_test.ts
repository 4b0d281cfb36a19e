import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { labels } from "../../../../db/collections/labels.ts";
import { teams } from "../../../../db/collections/teams.ts";
import { csvRows } from "../../../../chat/csv.ts";
import { episode, manyEpisodes, storeEpisodes } from "../../../chat/reports/fixture.ts";
import { faultsOf } from "../axe.ts";
import { looks, nameOfLook } from "../looks.ts";
import { portalTest, type Setting } from "../fixture.ts";

const dayMs = 86_400_000;
const count = 400;

/** 400 conversations of the last 28 days, today's included, and teams and labels for them. */
const before: NonNullable<Setting["before"]> = async ({ parlor, asha: { cookie } }) => {
  await parlor.fetch("/messages/api/members/me", {
    method: "PATCH",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ name: "Asha" }),
  });
  const { store } = parlor.running.service.chat;
  const to = Math.floor(Date.now() / dayMs) * dayMs + 1, from = to - 27 * dayMs;
  const all = manyEpisodes(count - 1, { from, to }).map((one) => {
    const { assignee: _, ...rest } = one;
    return one.answeredBy ? { ...rest, answeredBy: "" } : rest;
  });
  await storeEpisodes(store, [...all, episode(to)]);
  const named = { workspace: "asha", created: 0 };
  for (const [id, name] of [["orders000000", "Orders"], ["advice000000", "Advice"]] as const) {
    await teams.put(store, { ...named, id, name, assignment: "manual" });
  }
  for (
    const [id, name] of [["delivery0000", "Delivery"], ["return000000", "Return"], [
      "wholesale000",
      "Wholesale",
    ]]
  ) {
    await labels.put(store, { ...named, id: id!, name: name!, colour: "#0f766e" });
  }
};

const rowsOf = (page: Page) =>
  page.$$eval(
    ".rep-table tr",
    (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
  );
const newOf = (rows: string[][]) => rows.slice(1, -1).reduce((sum, row) => sum + Number(row[1]), 0);
const shown = (page: Page) => page.waitForSelector(".rep-chart canvas");
/** Whether anything but the paper is drawn in a chart. */
const isDrawn = (page: Page, n: number) =>
  page.$$eval(".rep-chart canvas", (all, n) => {
    const canvas = all[n] as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  }, n);

portalTest(
  "the tables' rows add up to the figures, by member, team, label and day; the rows come as CSV",
  async ({ driver: { page } }) => {
    await page.click(".menu > button");
    await page.click("a[href='/messages/reports']");
    await shown(page);
    assert.equal(await page.textContent(".rep-figures dd strong"), String(count));
    for (const n of [0, 1]) assert.ok(await isDrawn(page, n));

    const tab = async (name: string) => {
      await page.getByRole("radio", { name, exact: true }).check({ force: true });
      await page.waitForFunction(
        (name) => document.querySelector(".rep-table th")?.textContent === name.replace(/s$/, ""),
        name,
      );
      await page.waitForSelector(".rep-page[aria-busy=false]");
      return await rowsOf(page);
    };
    const members = await rowsOf(page);
    assert.deepEqual([newOf(members), members.at(-1)![1]], [count, String(count)]);
    assert.ok(members.some(([name]) => name === "Asha") && members.some(([name]) => name === "Nobody"));
    const byTeam = await tab("Teams");
    assert.deepEqual([newOf(byTeam), byTeam.map(([name]) => name).sort()], [count, [
      "Advice",
      "All",
      "No team",
      "Orders",
      "Team",
    ]]);
    assert.equal(newOf(await tab("Labels")), count);
    const byDay = await tab("Days");
    assert.deepEqual([newOf(byDay), byDay.length], [count, 28 + 2]);
    const heat = await page.$$eval(
      ".rep-heat td",
      (cells) => cells.map(({ textContent }) => Number(textContent)),
    );
    assert.deepEqual([
      heat.length,
      heat.reduce((sum, n) => sum + n),
    ], [7 * 24, count]);

    await page.selectOption(".rep-picks label:nth-of-type(2) select", { label: "Orders" });
    const orders = byTeam.find(([name]) => name === "Orders")![1];
    await page.waitForFunction(
      (n) => document.querySelector(".rep-figures strong")?.textContent === n,
      orders,
    );
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
    const { rows } = csvRows(await Deno.readTextFile((await download.path())!));
    assert.equal(rows.length - 1, Number(orders));
  },
  { before },
);

portalTest("other days are chosen, and days without a conversation say so", async ({ driver: { page } }) => {
  await shown(page);
  await page.selectOption(".rep-picks select", "7");
  await page.waitForFunction(
    (n) => document.querySelector(".rep-figures strong")?.textContent !== n,
    String(count),
  );
  const week = Number(await page.textContent(".rep-figures strong"));
  assert.ok(week > 70 && week < 130, String(week));
  await page.selectOption(".rep-picks select", "custom");
  await page.fill(".rep-date input >> nth=0", "2020-01-01");
  assert.equal(await page.getAttribute(".rep-date input >> nth=0", "aria-invalid"), "true");
  await page.fill(".rep-date input >> nth=1", "2020-01-31");
  await page.waitForSelector(".rep-empty h2");
  assert.equal(await page.$(".rep-chart"), null);
}, { before, path: "/reports" });

portalTest("the charts' code is loaded by this page alone", async ({ driver: { page, address } }) => {
  const loaded = () =>
    page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\.js$/.test(name))
    );
  const holdsCharts = async () => {
    const texts = await Promise.all((await loaded()).map(async (name) => await (await fetch(name)).text()));
    return texts.some((text) => text.includes("u-under"));
  };
  await page.waitForSelector(".inbox");
  assert.equal(await holdsCharts(), false);
  await page.goto(`${address}/messages/reports`);
  await page.waitForSelector(".rep-empty");
  assert.equal(await holdsCharts(), true);
});

portalTest("a report is read and changed by keys alone", async ({ driver: { page } }) => {
  await shown(page);
  await page.focus(".rep-back");
  const names: string[] = [];
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press("Tab");
    names.push(
      await page.evaluate(() => {
        const { activeElement: at } = document;
        const label = at?.getAttribute("aria-label") ?? at?.closest("label")?.textContent ??
          at?.textContent ?? "";
        return `${at?.tagName.toLowerCase()} ${label.trim().slice(0, 12)}`;
      }),
    );
  }
  assert.deepEqual(names.slice(0, 5), [
    "select DaysLast 7 d",
    "select TeamAll team",
    "a Download CSV",
    "input Members",
    "div Member",
  ]);
  await page.focus(".rep-tabs input:checked");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".rep-table th")?.textContent === "Team");
}, { before, path: "/reports" });

for (const look of looks) {
  portalTest(`reports have no fault that axe finds: ${nameOfLook(look)}`, async ({ driver: { page } }) => {
    await shown(page);
    const faults = await faultsOf(page);
    const folder = Deno.env.get("PARLOR_PICTURES");
    if (folder) {
      await page.screenshot({ path: `${folder}/reports-${nameOfLook(look).replaceAll(/\W+/g, "-")}.png` });
    }
    if (folder) await page.$eval(".rep-page", (main) => main.scrollTo(0, 9_999));
    if (folder) {
      await page.screenshot({
        path: `${folder}/reports-${nameOfLook(look).replaceAll(/\W+/g, "-")}-end.png`,
      });
    }
    assert.deepEqual(faults, []);
    const wide = await page.$eval(".rep-page", ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.equal(wide, 0, "nothing is wider than the page");
  }, { before, path: "/reports", browser: look });
}
