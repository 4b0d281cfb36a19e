import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";
import { hasLauncher } from "./launcher.ts";
import { pages } from "./pages.ts";

for (const { name, files, html, goOn, lateMs } of pages) {
  browserTest(`the chat is at home on a page with ${name}`, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    await using site = new Site(html(embedLine(parlor, "asha")));
    site.files = await files?.() ?? {};
    const context = await browse({ locale: "en-GB" });
    if (lateMs) {
      await context.route("**/widget.js", async (route) => {
        await new Promise((done) => setTimeout(done, lateMs));
        await route.continue();
      });
    }
    try {
      const visit = await Visit.to(context, site.address);
      const { page } = visit;
      await eventually(() => hasLauncher(page));
      await page.mouse.click(1280 - 48, 800 - 48);
      await visit.write("hello");
      await visit.shows((rows) => rows.some(({ text, state }) => text === "hello" && state === "Sent"));
      await goOn(page);
      await page.waitForFunction(() => document.querySelector("#heading")?.textContent === "Next");
      await visit.shows((rows) => rows.some(({ text }) => text === "hello"));
      await visit.write("and on");
      await visit.shows((rows) => rows.some(({ text, state }) => text === "and on" && state === "Sent"));
      assert.ok(await hasLauncher(page));
      await page.mouse.click(1280 - 48, 800 - 48);
      await (await (await visit.frame()).frameElement()).waitForElementState("hidden");
      assert.deepEqual(visit.errors, []);
      assert.deepEqual(visit.console.filter((line) => /^error|parlor:/.test(line)), []);
      assert.deepEqual(await page.evaluate("window.recovered ?? []"), [], "it was hydrated as it stood");
    } finally {
      await context.close();
    }
  });
}
