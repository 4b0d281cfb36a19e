import assert from "node:assert/strict";
import type { BrowserContext, Frame } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { HeldSession } from "../session/held_session.ts";
import { embedLine, Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

interface WidgetFixture {
  parlor: Parlor;
  asha: Admin;
  context: BrowserContext;
  visit: Visit;
}

function widgetTest(
  name: string,
  settings: Record<string, unknown>,
  play: (fixture: WidgetFixture) => Promise<void>,
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await parlor.post("/chatbot/api", settings, { cookie: asha.cookie });
    await using site = new Site(`<label>Search <input id="own"></label>${embedLine(parlor, "asha")}`);
    const context = await browse({ locale: "en-GB" });
    const visit = await Visit.to(context, site.address);
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    try {
      await play({ parlor, asha, context, visit });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const launcher = [1280 - 48, 800 - 48] as const;
const hasFocus = (frame: Frame, selector: string) =>
  frame.waitForFunction(
    (selector) => document.hasFocus() && document.activeElement?.matches(selector),
    selector,
  );

widgetTest(
  "a chat that is closed while it loads leaves the page what it is at",
  {},
  async ({ context, visit }) => {
    const { page } = visit;
    const session = await HeldSession.in(context);
    await page.mouse.click(...launcher);
    await session.asked;
    await page.mouse.click(...launcher);
    await page.click("#own");
    await page.keyboard.type("green ");
    session.go();
    const frame = await visit.frame();
    await frame.waitForSelector("textarea", { state: "attached" });
    await frame.waitForFunction(() => !document.querySelector("textarea")!.closest("[hidden]"));
    await page.keyboard.type("lamps");
    assert.deepEqual([await page.inputValue("#own"), await frame.inputValue("textarea")], [
      "green lamps",
      "",
    ]);
  },
);

widgetTest(
  "who goes on in the page while the chat loads is not taken away from it",
  {},
  async ({ context, visit }) => {
    const { page } = visit;
    const session = await HeldSession.in(context);
    await page.mouse.click(...launcher);
    await session.asked;
    await page.click("#own");
    await page.keyboard.type("green ");
    session.go();
    const frame = await visit.writable();
    await page.keyboard.type("lamps");
    assert.deepEqual([await page.inputValue("#own"), await frame.inputValue("textarea")], [
      "green lamps",
      "",
    ]);
  },
);

widgetTest(
  "nor is who goes on in the page while the frame itself is on its way",
  {},
  async ({ context, visit }) => {
    const { page } = visit;
    const go = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await context.route(/\/widget\/frame\?/, async (route) => {
      asked.resolve();
      await go.promise;
      await route.continue();
    });
    await page.mouse.click(...launcher);
    await asked.promise;
    await page.click("#own");
    await page.keyboard.type("green ");
    go.resolve();
    const frame = await visit.writable();
    await page.keyboard.type("lamps");
    assert.deepEqual([await page.inputValue("#own"), await frame.inputValue("textarea")], [
      "green lamps",
      "",
    ]);
  },
);

widgetTest("a chat that is opened and closed at once does not take the focus", {}, async ({ visit }) => {
  const { page } = visit;
  await page.focus("#own");
  await page.evaluate(() => {
    const { parlor } = globalThis as unknown as { parlor: (verb: string) => void };
    parlor("open");
    parlor("close");
  });
  const frame = await visit.frame();
  await frame.waitForFunction(() => !document.querySelector("textarea")?.closest("[hidden]"));
  await page.keyboard.type("lamps");
  assert.deepEqual([await page.inputValue("#own"), await frame.inputValue("textarea")], ["lamps", ""]);
});

widgetTest(
  "a chat that speaks another language than the browser has the focus as well, and keeps it through a third",
  { locale: "es" },
  async ({ parlor, asha, visit }) => {
    const { page } = visit;
    await page.mouse.click(...launcher);
    const frame = await visit.writable();
    await hasFocus(frame, "textarea");
    await page.keyboard.type("Bue");
    await parlor.post("/chatbot/api", { locale: "de" }, { cookie: asha.cookie });
    await frame.waitForSelector("html[lang=de]");
    await hasFocus(frame, "textarea");
    await page.keyboard.type("nas");
    assert.equal(await frame.inputValue("textarea"), "Buenas");
  },
);

widgetTest(
  "the form is gone through by its button: the focus stays on it, and then goes on to the input",
  { prechat: { name: "required" } },
  async ({ context, visit }) => {
    const { page } = visit;
    await page.mouse.click(...launcher);
    const frame = await visit.frame();
    await frame.waitForSelector("#name:focus");
    await page.keyboard.type("Vera");
    await context.route("**/session", (route) => route.fulfill({ status: 503, body: "{}" }), { times: 1 });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await frame.waitForSelector("text=That did not work.");
    await hasFocus(frame, ".main:not([aria-disabled])");
    const session = await HeldSession.in(context);
    await page.keyboard.press("Space");
    await session.asked;
    await hasFocus(frame, ".main[aria-disabled]");
    session.go();
    await hasFocus(frame, "textarea");
  },
);

widgetTest(
  "a button that goes when it is pressed hands the focus on",
  {},
  async ({ parlor, asha, visit }) => {
    const { page } = visit;
    let frame = await visit.open();
    await visit.parlor("send", "x".repeat(4_001));
    await frame.waitForSelector(".refused button");
    await frame.focus(".refused button");
    await page.keyboard.press("Enter");
    await hasFocus(frame, "textarea");

    await visit.write("hello");
    await visit.shows((rows) => rows.some(({ state }) => state === "Sent"));
    const answers = await Answers.of(parlor, asha);
    const consumer = await visit.consumer("asha");
    for (let i = 1; i <= 60; i++) answers.write(consumer, `line ${i}`);
    await visit.shows((rows) => rows.some(({ text }) => text === "line 60"));
    await page.reload();
    frame = await visit.open();
    await frame.focus(".earlier");
    await page.keyboard.press("Enter");
    await frame.waitForSelector(".earlier", { state: "hidden" });
    await hasFocus(frame, ".scroll");

    // Scrolls until one is rendered, as a user would.
    await frame.waitForFunction(() => {
      const scroll = document.querySelector(".scroll")!;
      scroll.scrollTop = 0;
      const drawn = (act: () => void) => requestAnimationFrame(() => requestAnimationFrame(act));
      return new Promise((there) => drawn(() => there(scroll.scrollTop === 0)));
    });
    answers.write(consumer, "one more");
    await frame.focus(".jump:visible");
    await page.keyboard.press("Enter");
    await frame.waitForSelector(".jump", { state: "hidden" });
    await hasFocus(frame, "textarea");
    answers.close();
  },
);

widgetTest("keys of an input method close and send nothing", {}, async ({ visit }) => {
  const frame = await visit.open();
  await frame.fill("textarea", "かな");
  await frame.$eval("textarea", (input) => {
    const press = (init: KeyboardEventInit) =>
      input.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
    press({ key: "Escape", isComposing: true });
    press({ key: "Enter", isComposing: true });
    // Safari's order of events: the composition has ended before this key press.
    press({ key: "Enter", keyCode: 229 });
  });
  await frame.press("textarea", "!");
  await (await frame.frameElement()).waitForElementState("visible");
  assert.equal(await frame.inputValue("textarea"), "かな!");
  await frame.press("textarea", "Escape");
  await (await frame.frameElement()).waitForElementState("hidden");
});
