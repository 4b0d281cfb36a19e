import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { Visit } from "../visit.ts";
import { hasLauncher } from "./launcher.ts";

interface Seen {
  left: boolean;
  color: string;
  words: string;
  opacity: string;
}

/** Observes the launcher's closed shadow root, and records each style in which it was visible. */
const watchLauncher = () => {
  const attach = Element.prototype.attachShadow;
  const seen: Seen[] = [];
  Object.assign(globalThis, { seen });
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    const look = () => {
      const button = root.querySelector("button");
      if (button && this.isConnected) {
        const { opacity, backgroundColor: color } = getComputedStyle(button);
        const left = button.getBoundingClientRect().left < innerWidth / 2;
        const now = { left, color, words: button.textContent!, opacity };
        const last = seen.at(-1);
        if (opacity !== "0" && JSON.stringify({ ...last, opacity }) !== JSON.stringify(now)) seen.push(now);
      }
      requestAnimationFrame(look);
    };
    look();
    return root;
  };
};

const settings = { accent: "#7c3aed", position: "left", launcher_text: "Chat | Bella" };
const purple = "rgb(124, 58, 237)", teal = "rgb(15, 118, 110)";

function widgetTest(
  name: string,
  data: Record<string, string>,
  play: (fixture: { parlor: Parlor; asha: Admin; visit: Visit; context: BrowserContext }) => Promise<void>,
  { slowMs = 0 } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start();
    const asha = await parlor.signUp("asha");
    await parlor.post("/chatbot/api", settings, { cookie: asha.cookie });
    await using site = new Site(`<h1>A shop</h1>${embedLine(parlor, "asha", data)}`);
    const context = await browse({ locale: "en-GB" });
    await context.addInitScript(watchLauncher);
    if (slowMs) {
      await context.route(/\/widget\/look/, async (route) => {
        await new Promise((done) => setTimeout(done, slowMs));
        await route.continue().catch(() => {});
      });
    }
    try {
      const visit = await Visit.to(context, site.address);
      await play({ parlor, asha, visit, context });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

/** Each recorded style of the launcher, without the opacity of its fade-in. */
const looks = (page: Page): Promise<Omit<Seen, "opacity">[]> =>
  page.evaluate(() => {
    const all = (globalThis as unknown as { seen: Seen[] }).seen.map(({ left, color, words }) => ({
      left,
      color,
      words,
    }));
    return all.filter((look, i) => JSON.stringify(look) !== JSON.stringify(all[i - 1]));
  });
const anyLook = (page: Page) => eventually(async () => (await looks(page)).length > 0);

widgetTest(
  "a new visitor sees the launcher in the admin's colour, corner and words, and in no other",
  {},
  async (
    { visit },
  ) => {
    const { page } = visit;
    await anyLook(page);
    // On a loaded machine the request for the style may exceed its timeout; the page is reloaded then.
    const tookMs = () =>
      page.evaluate(() =>
        performance.getEntriesByType("resource").find(({ name }) => name.includes("/widget/look"))!.duration
      );
    for (let i = 0; i < 10 && await tookMs() > 120; i++) {
      await page.reload();
      await anyLook(page);
    }
    await eventually(() => hasLauncher(page, "left"));
    await anyLook(page);
    await visit.open();
    await visit.parlor("close");
    await page.waitForTimeout(300);
    const [first, ...later] = await looks(page);
    assert.deepEqual(first, { left: true, color: purple, words: "Chat | Bella" });
    // When open, it shows no label.
    assert.deepEqual(
      later.map((look) => ({ ...look, words: "" })),
      later.map(() => ({ ...first, words: "" })),
    );
    assert.deepEqual(
      await page.evaluate(() => [document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]),
      ["", [], []],
    );
  },
);

widgetTest(
  "what stands on the line comes before what the admin set",
  { color: "#be185d", position: "right", "launcher-text": "Ask" },
  async ({ visit }) => {
    await anyLook(visit.page);
    assert.deepEqual(await looks(visit.page), [{ left: false, color: "rgb(190, 24, 93)", words: "Ask" }]);
  },
);

widgetTest(
  "a look that is late is not waited for, and moves nothing when it comes",
  {},
  async ({ visit }) => {
    const { page } = visit;
    await anyLook(page);
    assert.deepEqual(await looks(page), [{ left: false, color: teal, words: "" }]);
    await eventually(async () => (await looks(page)).at(-1)!.color === purple);
    await visit.open();
    assert.deepEqual((await looks(page)).filter(({ left }) => left), [], "it stays in its corner");
  },
  { slowMs: 1_500 },
);

browserTest("a service that does not tell a look has a launcher all the same", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  const context = await browse();
  await context.route(/\/widget\/look/, (route) => route.abort());
  const visit = await Visit.to(context, site.address);
  await eventually(() => hasLauncher(visit.page));
  await visit.open();
  assert.deepEqual(visit.errors, []);
  await context.close();
});

Deno.test("the look is a few bytes that any site may load, and any cache may keep", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { ...settings, launcher_text: `"</script>\u2028!` }, {
    cookie: asha.cookie,
  });
  const answer = await parlor.fetch("/widget/look?admin=ASHA", {
    headers: { origin: "https://shop.example" },
  });
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  assert.equal(answer.headers.get("cross-origin-resource-policy"), "cross-origin");
  assert.match(answer.headers.get("cache-control")!, /^public, max-age=60/);
  assert.equal(answer.headers.get("set-cookie"), null);
  const text = await answer.text();
  assert.ok(text.length < 300);
  const look = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  assert.equal(look.default, `#7c3aed|left|"</script>\u2028!`);
  assert.equal(await (await parlor.fetch("/widget/look?admin=nobody")).text(), `export default ""`);
});
