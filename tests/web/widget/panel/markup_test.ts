import assert from "node:assert/strict";
import { isBlank } from "../../../../protocol/text.ts";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { watch } from "../harm.ts";
import { awkward, payloads } from "../payloads.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

/** More texts: the variable names a file with a JSON list. */
const more: string[] = Deno.env.has("PARLOR_STRINGS")
  ? JSON.parse(Deno.readTextFileSync(Deno.env.get("PARLOR_STRINGS")!))
  : [];

const isSendable = (text: string) => !isBlank(text) && text.isWellFormed() && !text.includes("\0");
const texts = [...payloads, ...awkward, ...more].filter(isSendable);

browserTest(
  `${texts.length} nasty texts are shown as they were typed, whoever writes them, and nothing runs`,
  async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    const harm = await watch(context, [parlor.address, site.address]);
    const visit = await Visit.to(context, site.address);
    await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    const answers = await Answers.of(parlor, asha);
    for (const text of texts) {
      answers.write(consumer, text);
      await visit.parlor("send", text);
    }
    const all = 2 * texts.length + 2;
    const rows = await visit.shows(
      (rows) => rows.length === all && rows.every(({ state }) => state !== "Sending"),
      60_000,
    );
    const of = (side: string) => rows.filter((row) => row.side === side).map(({ text }) => text).slice(1);
    assert.deepEqual(of("theirs"), texts);
    assert.deepEqual(of("mine"), texts.map((text) => text.trim()));

    await visit.page.reload();
    const frame = await visit.open();
    await visit.shows((rows) => rows.length >= 50);
    const elements = await frame.$$eval(".bubble *", (all) => [
      ...new Set(all.map(({ tagName }) => tagName.toLowerCase())),
    ]);
    assert.deepEqual(elements.filter((name) => !["a", "span", "svg", "path"].includes(name)), []);
    const links = await frame.$$eval(".bubble a", (all) => all.map((a) => (a as HTMLAnchorElement).protocol));
    assert.ok(links.every((protocol) => /^https?:$/.test(protocol)));
    assert.deepEqual([await harm(), visit.errors], [[], []]);
    await context.close();
  },
);

browserTest(
  `${payloads.length} payloads in everything an admin sets, in a name and in the page's address run nowhere`,
  async () => {
    await using parlor = await Parlor.start({ ...unlimited });
    const asha = await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    const harm = await watch(context, [parlor.address, site.address]);
    const nasty = payloads[0]!;
    const visit = await Visit.to(context, `${site.address}/?q=${encodeURIComponent(nasty)}#${nasty}`);
    await visit.page.evaluate((nasty) => document.title = nasty, nasty);
    const frame = await visit.open();
    for (const payload of payloads) {
      const title = payload.slice(0, 80).trim(), words = payload.slice(0, 40);
      const settings = { title, greeting: payload, subtitle: payload.slice(0, 160), launcher_text: words };
      const saved = await parlor.post("/chatbot/api", settings, { cookie: asha.cookie });
      assert.equal(saved.status < 300, true, await saved.text());
      await frame.waitForFunction((title) => document.querySelector("h1")?.textContent === title, title);
      assert.equal((await visit.texts())[0], payload.trim());
      assert.equal(await frame.title(), await frame.evaluate(() => document.title));
    }
    await parlor.post("/chatbot/api", { prechat: { name: "required" } }, { cookie: asha.cookie });
    await frame.fill("#name", nasty);
    await frame.press("#name", "Enter");
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    assert.deepEqual([await harm(), visit.errors], [[], []]);
    await context.close();
  },
);
