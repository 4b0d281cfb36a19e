import assert from "node:assert/strict";
import type { BrowserContextOptions } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";
import { hasLauncher } from "./launcher.ts";

function widgetTest(
  name: string,
  play: (fixture: { visit: Visit; site: Site; parlor: Parlor }) => Promise<void>,
  { data = {}, ...options }: BrowserContextOptions & { data?: Record<string, string> } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    await using site = new Site(
      `<meta name="viewport" content="width=device-width"><label>Search <input id="own" autofocus></label>` +
        embedLine(parlor, "asha", data),
    );
    const context = await browse({ locale: "en-GB", ...options });
    try {
      const visit = await Visit.to(context, site.address);
      await eventually(() => hasLauncher(visit.page));
      await play({ visit, site, parlor });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const corner = [48, 48] as const;
const press = (visit: Visit) => {
  const { width, height } = visit.page.viewportSize()!;
  return visit.page.mouse.click(width - corner[0], height - corner[1]);
};
/** Whether the panel is open, after the page has had time to open it. */
const isOpen = async (visit: Visit) => {
  await eventually(() => hasLauncher(visit.page).then((is) => is || visit.page.frames().length > 1));
  await visit.page.waitForTimeout(400);
  for (const frame of visit.page.frames().slice(1)) {
    if (await (await frame.frameElement()).isVisible()) return true;
  }
  return false;
};
const session = (visit: Visit) => visit.page.evaluate(() => ({ ...sessionStorage }));

widgetTest(
  "a chat stays open from page to page, with the draft, and leaves the focus to the page",
  async ({ visit, site }) => {
    const { page } = visit;
    await press(visit);
    const frame = await visit.writable();
    await frame.fill("textarea", "half a sen");
    await page.waitForFunction(() => Object.values(sessionStorage).includes("half a sen"));
    await page.goto(`${site.address}/lamps`);
    assert.equal(await (await visit.writable()).inputValue("textarea"), "half a sen");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "own");
    await visit.write("hello");
    await visit.shows((rows) => rows.some(({ text, state }) => text === "hello" && state === "Sent"));
    await page.goto(`${site.address}/chairs`);
    await visit.shows((rows) => rows.some(({ text }) => text === "hello"));
    await visit.writable();

    const other = await Visit.to(page.context(), site.address);
    assert.equal(await isOpen(other), false, "not in another tab");
    assert.deepEqual(other.errors, []);
  },
);

widgetTest("a chat that was closed stays closed on the next page", async ({ visit, site }) => {
  await press(visit);
  await visit.writable();
  await press(visit);
  await visit.page.goto(`${site.address}/lamps`);
  assert.equal(await isOpen(visit), false);
  assert.deepEqual(await session(visit), {});
});

widgetTest(
  "a page that opens the chat by itself keeps nothing before the visitor writes",
  async ({ visit, site }) => {
    // By a timer, so that there is no user activation: Playwright's calls count as one.
    await visit.page.goto("about:blank");
    site.html += `<script>setTimeout(() => parlor("open"), 1500)</script>`;
    await visit.page.goto(site.address);
    const frame = await visit.writable();
    assert.deepEqual(await session(visit), {});
    await frame.fill("textarea", "x");
    await visit.page.waitForFunction(() => "parlor:asha:open" in sessionStorage);
  },
);

widgetTest("on a phone, where the chat covers the page, the next page is seen", async ({ visit, site }) => {
  await press(visit);
  const frame = await visit.writable();
  await frame.fill("textarea", "half a sen");
  await visit.page.waitForFunction(() => Object.values(sessionStorage).includes("half a sen"));
  await visit.page.goto(`${site.address}/lamps`);
  assert.equal(await isOpen(visit), false);
  await press(visit);
  assert.equal(await (await visit.writable()).inputValue("textarea"), "half a sen");
}, { viewport: { width: 390, height: 844 }, isMobile: true });

widgetTest("without consent nothing is kept, for the tab either", async ({ visit, site }) => {
  await press(visit);
  await (await visit.writable()).fill("textarea", "half a sen");
  await visit.page.waitForTimeout(200);
  assert.deepEqual(await session(visit), {});
  await visit.page.goto(`${site.address}/lamps`);
  assert.equal(await isOpen(visit), false);
}, { data: { consent: "denied" } });
