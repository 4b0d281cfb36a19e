import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

/** Opens the chat in a browser of this language; `isCut`: parts of the frame cannot be loaded. */
function visitIn(
  name: string,
  { locale, isCut = false }: { locale: string; isCut?: boolean },
  look: (shown: { lang: string; label: string; parts: string[]; errors: string[] }) => void,
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    await using site = new Site(embedLine(parlor, "asha"));
    const context = await browse({ locale });
    // What the frame needs at once, which it names.
    const page = await (await parlor.fetch("/widget/frame?admin=asha")).text();
    const parts: string[] = [];
    await context.route(/\/assets\/part-/, (route) => {
      const { pathname } = new URL(route.request().url());
      if (page.includes(pathname)) return route.continue();
      parts.push(pathname);
      return isCut ? route.abort() : route.continue();
    });
    const visit = await Visit.to(context, site.address);
    const frame = await visit.open();
    const { errors } = visit;
    const lang = await frame.evaluate(() => document.documentElement.lang);
    const label = await frame.getAttribute("textarea", "aria-label") ?? "";
    look({ lang, label, parts, errors });
    await visit.write("hello");
    await visit.shows((rows) => rows.some(({ text }) => text === "hello"));
    await context.close();
  });
}

visitIn("a visitor who reads English loads no strings of other languages", { locale: "en-GB" }, (shown) => {
  assert.deepEqual(shown, { lang: "en-GB", label: "Write a message…", parts: [], errors: [] });
});

visitIn("a visitor who reads French loads the French strings alone", { locale: "fr-CA" }, (shown) => {
  assert.deepEqual([shown.lang, shown.label, shown.parts.length], ["fr-CA", "Écrivez un message…", 1]);
});

visitIn(
  "strings that cannot be loaded leave the chat in English",
  { locale: "fr-CA", isCut: true },
  (shown) => {
    assert.deepEqual([shown.lang, shown.label, shown.errors], ["en", "Write a message…", []]);
  },
);
