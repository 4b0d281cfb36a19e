import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { Visit } from "../visit.ts";

const views = 1_000, tabs = 4;

/** Everything stored in the visitor's browser, and the page's requests to the service. */
async function traces(context: BrowserContext, page: Page) {
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    cookie: document.cookie,
    frames: frames.length,
  }));
  return { ...kept, cookies: await context.cookies() };
}

const none = { local: {}, session: {}, databases: [], cookie: "", frames: 0, cookies: [] };
const pathsOf = (parlor: Parlor) =>
  parlor.lines.map((line) => JSON.parse(line)).filter(({ event, msg }) => (event ?? msg) === "request").map((
    { path },
  ) => path);

/** A site whose pages each navigate to the next as fast as the browser can. */
const onward = `<script>
  addEventListener("load", () => setTimeout(() => {
    const [, tab, view] = location.pathname.slice(1).split("/").map(Number);
    if (!("parlor" in window)) document.title = "The widget has not loaded";
    else if (view < ${views / tabs}) location.href = "/page/" + tab + "/" + (view + 1);
    else document.title = "The end";
  }));
</script>`;

browserTest(`${views} page views leave nothing: no cookie, no storage, no socket, no row`, async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = new Site(embedLine(parlor, "asha") + onward);
  const context = await browse();
  const before = pathsOf(parlor).length;
  const sockets: string[] = [];
  const pages = await Promise.all(Array.from({ length: tabs }, () => context.newPage()));
  await Promise.all(pages.map(async (page, tab) => {
    page.on("websocket", (socket) => sockets.push(socket.url()));
    await page.goto(`${site.address}/page/${tab}/1`);
    await page.waitForFunction(() => /^The /.test(document.title), undefined, { timeout: 240_000 });
    assert.equal(await page.title(), "The end");
  }));
  await pages[0]!.waitForTimeout(500);
  assert.equal(new Set(site.asked.filter((path) => path.startsWith("/page/"))).size, views);
  assert.deepEqual(await traces(context, pages[0]!), none);
  assert.deepEqual(sockets, []);
  assert.deepEqual([...new Set(pathsOf(parlor).slice(before))], ["/widget.js", "/widget/look"]);
  const { store } = parlor.running.service.chat;
  assert.deepEqual((await store.rooms("asha", { limit: 10, filter: "all", messages: 1 })).rooms, []);
  await context.close();
});

/** Waits until the chat has loaded; returns the requests to the service since `before`. */
async function fetched(visit: Visit, parlor: Parlor, before: number): Promise<string[]> {
  await (await visit.frame()).waitForSelector("main");
  await visit.page.waitForTimeout(200);
  return pathsOf(parlor).slice(before);
}

/** Asserts that only the chat's page and its resources were requested. */
function isTheChatAlone(paths: string[]): void {
  assert.ok(paths.includes("/widget/frame"));
  assert.ok(paths.every((path) => /^\/(widget\/frame$|assets\/)/.test(path)), `${paths}`);
}

browserTest(
  "resting on the launcher fetches the chat and nothing else, and looking at it keeps nothing",
  async () => {
    await using parlor = await Parlor.start();
    await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse();
    const visit = await Visit.to(context, site.address);
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    const before = pathsOf(parlor).length;
    await visit.page.mouse.move(1280 - 48, 800 - 48);
    isTheChatAlone(await fetched(visit, parlor, before));

    await visit.open();
    await visit.parlor("close");
    assert.deepEqual({ ...await traces(context, visit.page), frames: 0 }, none);
    assert.deepEqual(visit.errors, []);
    await context.close();
  },
);

browserTest("coming to the launcher by keyboard fetches the chat as well", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  const before = pathsOf(parlor).length;
  await visit.page.keyboard.press("Tab");
  isTheChatAlone(await fetched(visit, parlor, before));
  assert.deepEqual({ ...await traces(context, visit.page), frames: 0 }, none);
  await context.close();
});
