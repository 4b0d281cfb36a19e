import assert from "node:assert/strict";
import type { BrowserContextOptions, Frame } from "playwright-core";
import { browse, browserTest } from "../../harness/browser.ts";
import { Parlor } from "../../harness/parlor.ts";
import { Site } from "./site.ts";
import { Answers, unlimited, Visit } from "./visit.ts";

interface WidgetFixture {
  visit: Visit;
  answers: Answers;
  frame: Frame;
}

/** A test with the chat of Bella's lamps open in vera's browser. */
function withChat(
  name: string,
  play: (fixture: WidgetFixture) => Promise<void>,
  { browser = {}, attributes = "" }: { browser?: BrowserContextOptions; attributes?: string } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const bella = await parlor.signUp("bella-shop");
    await parlor.post("/chatbot/api", { title: "Bella's lamps" }, { cookie: bella.cookie });
    await using site = new Site(
      `<script async src="${parlor.address}/widget.js" data-admin="bella-shop" ${attributes}></script>`,
    );
    const context = await browse({ locale: "en-GB", ...browser });
    const answers = await Answers.of(parlor, bella);
    try {
      const visit = await Visit.to(context, site.address);
      const frame = await visit.open();
      await play({ visit, answers, frame });
      assert.deepEqual(visit.errors, [], "no exception reaches the page");
    } finally {
      answers.close();
      await context.close();
    }
  });
}

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const onItsSide = { viewport: { width: 667, height: 375 }, isMobile: true, hasTouch: true };

withChat("visitors read what the shop is called, never the name it signs in with", async (fixture) => {
  const { visit, answers, frame } = fixture;
  await visit.write("Do you ship to Oslo?");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const consumer = await visit.consumer("bella-shop");
  answers.send({ command: "typing", consumer, typing: true });
  await frame.waitForSelector(".typing:visible");
  answers.write(consumer, "We do");
  await visit.shows((rows) => rows[2]?.text === "We do");
  const names = await frame.$$eval(".theirs .by bdi:first-child", (all) => all.map((one) => one.textContent));
  assert.deepEqual(names, ["Bella's lamps", "Bella's lamps"]);
  const everything = await frame.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!everything.replace(/src="[^"]*"/g, "").includes("bella-shop"));
});

withChat("in what is copied stands what is seen", async ({ visit, answers, frame }) => {
  await visit.write("A-1042");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const consumer = await visit.consumer("bella-shop");
  answers.send({ command: "read", consumer, seq: 1 });
  await visit.shows((rows) => rows[1]?.state === "Read");
  answers.write(consumer, "Thanks");
  answers.write(consumer, "TRACK-99");
  await visit.shows((rows) => rows[3]?.text === "TRACK-99");
  const copied = await frame.evaluate(() => {
    getSelection()!.selectAllChildren(document.querySelector(".thread")!);
    return getSelection()!.toString();
  });
  assert.match(copied, /A-1042\n/);
  assert.match(copied, /Thanks\s+TRACK-99$/, "no name, no time that is only shown under the pointer");
  assert.doesNotMatch(copied, /Read|Sent/);
});

/** A clipboard or drag transfer of these types, as by a user or another program. */
const transfer = (frame: Frame, selector: string, type: string, kinds: string[]) =>
  frame.$eval(selector, (element, { type, kinds }) => {
    const data = new DataTransfer();
    if (kinds.includes("file")) data.items.add(new File(["x"], "lamp.png", { type: "image/png" }));
    if (kinds.includes("text")) data.setData("text/plain", "a text");
    const init = { bubbles: true, cancelable: true };
    const event = type === "paste"
      ? new ClipboardEvent(type, { ...init, clipboardData: data })
      : new DragEvent(type, { ...init, dataTransfer: data });
    element.dispatchEvent(event);
    return event.defaultPrevented;
  }, { type, kinds });

withChat("files are held back, wherever they are let go, and it is said", async ({ visit, frame }) => {
  const said = "Files cannot be sent here. Paste a link instead.";
  const notice = () => frame.$eval(".notice", (element) => element.textContent);
  for (const place of [".head", ".thread", "textarea"]) {
    assert.equal(await transfer(frame, place, "dragover", ["file"]), true, `${place} takes part in the drag`);
    assert.equal(await transfer(frame, place, "drop", ["file"]), true, `${place} keeps the page from going`);
    await frame.waitForFunction((said) => document.querySelector(".notice")?.textContent === said, said);
    await frame.fill("textarea", "so a link");
    assert.equal(await notice(), "", "who writes on has read it");
    await frame.fill("textarea", "");
  }
  assert.equal(await transfer(frame, "textarea", "paste", ["file"]), true);
  await frame.waitForFunction((said) => document.querySelector(".notice")?.textContent === said, said);
  assert.equal(await transfer(frame, "textarea", "paste", ["file", "text"]), false, "cells come as both");
  assert.equal(
    await transfer(frame, "textarea", "drop", ["text"]),
    false,
    "a text is dropped into the input",
  );
  assert.equal(await transfer(frame, ".thread", "drop", ["text"]), true, "and beside it leads nowhere");
  await visit.write("still here");
  await visit.shows((rows) => rows[1]?.state === "Sent");
});

withChat("a locale as other systems write it is the language it means", async ({ visit, frame }) => {
  const placeholder = () => frame.getAttribute("textarea", "placeholder");
  assert.equal(await placeholder(), "Escreva uma mensagem…");
  await visit.write("olá");
  await visit.shows((rows) => rows[1]?.text === "olá" && rows[1].state === "Enviada");
  for (const locale of ["fr_FR@euro", "es_419", "no such tag", "de_DE.UTF-8"]) {
    await visit.parlor("setLocale", locale);
    await visit.shows((rows) => rows[1]?.text === "olá");
  }
  await frame.waitForSelector('textarea[placeholder="Nachricht schreiben…"]');
}, { attributes: 'data-locale="pt_BR"' });

withChat("on a phone Back closes the chat and stays on the page", async ({ visit, frame }) => {
  const { page } = visit;
  const address = page.url();
  const isOpen = () => frame.evaluate(() => innerHeight > 0 && !document.hidden);
  assert.ok(await isOpen());
  const closed = () => page.evaluate(() => new Promise((done) => addEventListener("parlor:close", done)));
  const wasClosed = closed();
  await page.evaluate(() => history.back());
  await wasClosed;
  assert.equal(page.url(), address);
  // Closing with the chat's own button leaves no history entry that Back would have to remove first.
  await visit.open();
  const wasShut = closed();
  await frame.click('[aria-label="Close chat"]');
  await wasShut;
  await frame.waitForFunction(() => history.state === null);
}, { browser: phone });

withChat("on a phone on its side every emoji can be reached", async ({ frame }) => {
  await frame.click('button[aria-label="Emoji"]');
  const [top, first] = await frame.$eval(
    ".emojis",
    (picker) => [picker, picker.firstElementChild!].map((element) => element.getBoundingClientRect().top),
  );
  assert.ok(top! >= 0 && first! >= top!, `${top} ${first}`);
  await frame.click(".emojis button:last-child");
  assert.equal(await frame.inputValue("textarea"), "📦");
}, { browser: onItsSide });

/** Records the page's events of these names from now on. */
const hears = (visit: Visit, ...names: string[]) =>
  visit.page.evaluate((names) => {
    const heard: unknown[] = [];
    for (const name of names) {
      addEventListener(`parlor:${name}`, (event) => heard.push([name, (event as CustomEvent).detail]));
    }
    Object.assign(globalThis, { heard });
  }, names);
// deno-lint-ignore no-explicit-any
type Any = any;
const heard = (visit: Visit): Promise<[string, Any][]> =>
  visit.page.evaluate(() => (globalThis as Any).heard);

withChat("what a site says of its visitor that cannot be kept, it is told", async ({ visit, answers }) => {
  await visit.write("hello");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  await hears(visit, "error");
  const plan = { plan: "gold", age: 41, vip: true, gone: "", none: null };
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`n${i}`, i]));
  await visit.page.evaluate(([plan, many]) => {
    // deno-lint-ignore no-explicit-any
    const { parlor } = globalThis as any;
    parlor("setAttributes", { ...plan, cart: { lamps: 2 }, list: [1], run: () => 1, ["k".repeat(65)]: 1 });
    parlor("setAttributes", { long: "x".repeat(501) });
    parlor("update", { color: "red" });
    parlor("setAttributes", many);
  }, [plan, many]);
  const messages = (await heard(visit)).map(([, { code, message }]) => `${code} ${message}`);
  const are = (like: RegExp) => messages.filter((message) => like.test(message)).length;
  assert.equal(are(/^setting_refused attribute "(cart|list|run)" is left out: it takes a text/), 3);
  assert.equal(are(/k"… is left out: its name has over 64 characters$/), 1);
  assert.equal(are(/"long" is cut at 500 characters$/), 1);
  assert.equal(are(/^setting_refused color "red" is left out: it takes #rrggbb$/), 1);
  assert.equal(
    are(/"n\d+" is left out: at most 50, of 8 KiB together$/),
    14,
    "plan, age, vip, long, and 46 of 60",
  );
  assert.ok(visit.console.some((line) => line.includes('color "red" is left out')));
  const colours = await visit.page.evaluate(() => document.documentElement.outerHTML.includes("red"));
  assert.equal(colours, false, "launcher and panel have one colour");
  answers.write(await visit.consumer("bella-shop"), "still here");
  await visit.shows((rows) => rows[2]?.text === "still here");
});

withChat(
  "an attribute is taken away by null, and what was never said is not asked for",
  async ({ visit }) => {
    const asked = () => visit.page.waitForRequest((request) => request.url().endsWith("/session"));
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const page = asked();
    await visit.parlor("page");
    assert.equal((await page).postDataJSON().attributes, undefined);
    const both = asked();
    await visit.parlor("setAttributes", { plan: "gold", shop: "Oslo" });
    assert.deepEqual((await both).postDataJSON().attributes, { plan: "gold", shop: "Oslo" });
    const one = asked();
    await visit.parlor("setAttributes", { plan: null });
    assert.deepEqual((await one).postDataJSON().attributes, { shop: "Oslo" });
  },
);

browserTest(
  "a page hears from the start whether somebody is there, and how the connection comes about",
  async () => {
    await using parlor = await Parlor.start(unlimited);
    const bella = await parlor.signUp("bella-shop");
    await using site = Site.with(parlor, "bella-shop");
    const context = await browse({ locale: "en-GB" });
    const answers = await Answers.of(parlor, bella);
    const visit = await Visit.to(context, site.address);
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    await hears(visit, "availability", "status");
    await visit.open();
    await visit.page.waitForFunction(() =>
      // deno-lint-ignore no-explicit-any
      (globalThis as any).heard.some(([name, { state }]: any) => name === "status" && state === "online")
    );
    const all = await heard(visit);
    assert.deepEqual(all[0], ["status", { state: "connecting" }]);
    assert.deepEqual(all.find(([name]) => name === "availability"), ["availability", { online: true }]);
    answers.close();
    await context.close();
  },
);

browserTest("a site that may not show the chat is told which site it is", async () => {
  await using parlor = await Parlor.start(unlimited);
  const bella = await parlor.signUp("bella-shop");
  const settings = { allowed_origins: ["https://bella.example"] };
  await parlor.post("/chatbot/api", settings, { cookie: bella.cookie });
  await using site = Site.with(parlor, "bella-shop");
  const context = await browse({ locale: "en-GB" });
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  await hears(visit, "error");
  await visit.parlor("open");
  // deno-lint-ignore no-explicit-any
  await visit.page.waitForFunction(() => (globalThis as any).heard.length > 0);
  const { origin } = new URL(site.address);
  assert.deepEqual(await heard(visit), [[
    "error",
    { code: "origin_not_allowed", message: `${origin} is not among the sites that may show this chat` },
  ]]);
  await context.close();
});
