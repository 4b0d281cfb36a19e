import assert from "node:assert/strict";
import type { BrowserContextOptions, Frame } from "playwright-core";
import { browse, browserTest } from "../../browser.ts";
import { Parlor } from "../../parlor.ts";
import { Site } from "./site.ts";
import { Answers, unlimited, Visit } from "./visit.ts";

interface Scene {
  visit: Visit;
  answers: Answers;
  frame: Frame;
}

/** Vera has the chat of Bella's lamps open. */
function withChat(
  name: string,
  play: (scene: Scene) => Promise<void>,
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

withChat("visitors read what the shop is called, never the name it signs in with", async (scene) => {
  const { visit, answers, frame } = scene;
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

/** A transfer of these kinds, as a hand or another program makes it. */
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
  // Closed by its own button, the chat leaves no step behind that Back would have to take first.
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
