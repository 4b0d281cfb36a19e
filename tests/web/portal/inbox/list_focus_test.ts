import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../../../harness/eventually.ts";
import { type PortalFixture, portalTest, someone } from "../fixture.ts";

const vera = someone(), others = [someone(), someone(), someone()];

/** Creates rooms; the last one has the latest activity. */
async function rooms({ parlor }: Pick<PortalFixture, "parlor">, count: number): Promise<void> {
  const { store } = parlor.running.service.chat;
  const text = { admin: "asha", side: "visitor", kind: "text" } as const;
  const texts = Array.from({ length: count }, (_, i) => ({
    ...{ ...text, consumer: `visitor-${i}`, content: `from ${i}`, at: 1.1e12 + i },
  }));
  await Promise.all(texts.map((text) => store.appendMessage(text)));
}

const focused = (page: Page) =>
  page.evaluate(() =>
    (document.activeElement as HTMLElement).dataset.consumer ?? document.activeElement?.tagName
  );

/** Waits until this visitor's row has the focus, and checks that it keeps it. */
async function isAt(page: Page, consumer: string): Promise<void> {
  let here: unknown;
  await eventually(async () => (here = await focused(page)) === consumer, {
    ms: 5_000,
    state: () => `at ${here}`,
  });
}

/** Position of a row within the list's viewport: content above the list moves both. */
const parseRoute = (page: Page, row: string) =>
  page.$eval(row, (row) => {
    const list = row.closest(".room-scroll")!;
    return Math.round(row.getBoundingClientRect().top - list.getBoundingClientRect().top);
  });

portalTest(
  "a row that is resolved away hands the focus to the one that takes its place",
  async ({ driver }) => {
    const { page } = driver;
    await driver.lists((rooms) => rooms.length === 6);
    for (let i = 0; i < 3; i++) await page.keyboard.press("j");
    await isAt(page, "visitor-3");
    await page.keyboard.press("e");
    await driver.lists((rooms) => rooms.length === 5);
    await isAt(page, "visitor-2");
    await page.keyboard.press("e");
    await driver.lists((rooms) => rooms.length === 4);
    await isAt(page, "visitor-1");
    await page.keyboard.press("j");
    await isAt(page, "visitor-0");
    await page.keyboard.press("e");
    await driver.lists((rooms) => rooms.length === 3);
    await isAt(page, "visitor-1");
    await driver.countsAre({ open: 3, resolved: 3 });
  },
  { before: (fixture) => rooms(fixture, 6) },
);

portalTest(
  "a row that moves keeps the focus, and so does one that others move past",
  async ({ driver, say }) => {
    const { page } = driver;
    // Simulates a browser without `moveBefore`, which cannot move a row without removing it.
    await page.addInitScript(() => {
      delete (Element.prototype as { moveBefore?: unknown }).moveBefore;
    });
    await page.reload();
    await driver.lists((rooms) => rooms.length === 5);
    for (let i = 0; i < 4; i++) await page.keyboard.press("j");
    await isAt(page, vera);
    await say(vera, "here I am");
    await driver.lists((rooms) => rooms[0]?.last === "here I am");
    await isAt(page, vera);
    for (const other of others) {
      await say(other, `${other} again`);
      await driver.lists((rooms) => rooms[0]?.last === `${other} again`);
      await isAt(page, vera);
    }
    await say(vera, "and here");
    await driver.lists((rooms) => rooms[0]?.last === "and here");
    await isAt(page, vera);
  },
  {
    before: async ({ say, ...fixture }) => {
      await rooms(fixture, 1);
      for (const consumer of [vera, ...others]) await say(consumer, "hello");
    },
  },
);

portalTest(
  "scrolled down, the list stands still whatever comes to its top",
  async ({ driver, say }) => {
    const { page } = driver;
    await say(vera, "hello");
    await driver.lists((rooms) => rooms[0]?.last === "hello");
    const row = '.room[data-consumer="visitor-40"]';
    await page.$eval(".room-scroll", (list) => list.scrollTop = 20 * 72 + 10);
    await page.waitForSelector(row);
    const before = await parseRoute(page, row);
    await say(vera, "moves to the top from out of sight above");
    await say(someone(), "a new one");
    await driver.countsAre({ all: 62 });
    await say(someone(), "another new one");
    await driver.countsAre({ all: 63 });
    await driver.until(
      () => page.getAttribute(".rooms li:has([data-consumer=visitor-40])", "aria-posinset"),
      (n) => n === "23",
    );
    assert.equal(await parseRoute(page, row), before);
  },
  { before: (fixture) => rooms(fixture, 60) },
);

portalTest(
  "with the open room scrolled out of sight Tab comes into the list all the same",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("from 59");
    await page.$eval(".room-scroll", (list) => list.scrollTop = 40 * 72);
    await page.waitForSelector('.room[data-consumer="visitor-18"]');
    await eventually(() => page.$$eval('.room[tabindex="0"]', (rows) => rows.length === 1));
  },
  { before: (fixture) => rooms(fixture, 60) },
);

portalTest(
  "a key that is held down resolves once",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("from 1");
    await page.focus(".thread-scroll");
    await page.keyboard.down("e");
    await driver.countsAre({ resolved: 1 });
    for (let i = 0; i < 3; i++) await page.keyboard.down("e");
    await page.keyboard.up("e");
    await driver.write("a reply");
    await driver.shows((rows) => rows.at(-1)?.state === "Sent");
    assert.equal(await page.locator(".status-line").count(), 1);
  },
  { before: (fixture) => rooms(fixture, 2) },
);

portalTest(
  "over a cut the list stands where it was, with the focus in it",
  async ({ driver, say }) => {
    const { page } = driver;
    let cut = () => {}, sockets = 0;
    await page.routeWebSocket("**/ws/room/asha", (socket) => {
      const service = socket.connectToServer();
      sockets++;
      cut = () => void Promise.all([socket.close({ code: 1012 }), service.close()]);
    });
    await page.reload();
    await driver.lists((rooms) => rooms[0]?.last === "from 59");
    await page.$eval(".room-scroll", (list) => list.scrollTop = 20 * 72);
    const row = '.room[data-consumer="visitor-35"]';
    await page.focus(row);
    const place = await parseRoute(page, row);
    const before = sockets;
    cut();
    await eventually(() => sockets > before);
    await say(vera, "good morning again");
    await driver.countsAre({ all: 61 });
    await isAt(page, "visitor-35");
    assert.equal(await parseRoute(page, row), place);
  },
  { before: (fixture) => rooms(fixture, 60) },
);
