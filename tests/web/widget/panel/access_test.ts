import assert from "node:assert/strict";
import type { BrowserContextOptions, Frame, Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { violations } from "../axe.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

/** axe's violations in a page or frame, one line each. */
const faults = async (where: Page | Frame, state: string) =>
  (await violations(where)).map((violation) => `${state}: ${violation}`);

interface WidgetFixture {
  parlor: Parlor;
  asha: Admin;
  visit: Visit;
}

async function widgetTest(
  options: BrowserContextOptions,
  settings: Record<string, unknown>,
  play: (fixture: WidgetFixture) => Promise<void>,
): Promise<void> {
  await using parlor = await Parlor.start({ ...unlimited, LIMIT_MESSAGES_PER_ROOM: "5/10" });
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { title: "Asha's shop", ...settings }, { cookie: asha.cookie });
  await using site = Site.with(parlor, "asha");
  const context = await browse({ locale: "en-GB", ...options });
  try {
    await play({ parlor, asha, visit: await Visit.to(context, site.address) });
  } finally {
    await context.close();
  }
}

const looks: [name: string, options: BrowserContextOptions, settings: Record<string, unknown>][] = [
  ["light", {}, {}],
  ["dark", { colorScheme: "dark" }, { accent: "#facc15" }],
  ["on a phone", { viewport: { width: 390, height: 844 }, hasTouch: true }, { accent: "#be185d" }],
  ["right to left", {}, { locale: "ar" }],
  [
    "on a phone, dark, right to left",
    { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: "dark" },
    { locale: "ar" },
  ],
];

for (const [name, options, settings] of looks) {
  browserTest(
    `axe has nothing against any state of the panel, ${name}`,
    () =>
      widgetTest({ reducedMotion: "reduce", ...options }, settings, async ({ parlor, asha, visit }) => {
        const found: string[] = [];
        const look = async (state: string) => found.push(...await faults(await visit.frame(), state));
        const frame = await visit.open();
        await look("empty");
        await visit.parlor("send", "hello");
        await visit.shows((rows) => rows[1]?.state !== "" && !["Sending"].includes(rows[1]!.state));
        const consumer = await visit.consumer("asha");
        const answers = await Answers.of(parlor, asha);
        answers.write(consumer, "Look: https://shop.example/lamps");
        answers.send({ command: "typing", consumer, typing: true });
        answers.send({ command: "read", consumer, seq: 1 });
        await frame.waitForSelector(".typing:visible");
        await look("typing");
        await visit.parlor("send", "\0");
        await frame.waitForSelector(".refused button");
        await look("not sent");
        await frame.click(".composer .tool:not(.send)");
        await look("emoji");
        await visit.page.keyboard.press("Escape");
        for (let i = 0; i < 8; i++) await visit.parlor("send", `${i}`);
        await frame.waitForSelector(".notice:not(:empty)");
        await look("limit hit, sending");
        await frame.fill("textarea", "x".repeat(4_001));
        await look("too long");
        await scrollUp(frame);
        answers.write(consumer, "one more");
        await frame.waitForSelector(".jump:visible");
        await look("new messages below");
        answers.send({ command: "update_room", consumer, status: "resolved" });
        await frame.waitForSelector(".note");
        await look("resolved");
        parlor.running.service.draining = true;
        parlor.running.service.hub.drain();
        await frame.waitForFunction(() => document.querySelector(".notice")!.textContent !== "", undefined, {
          timeout: 8_000,
        });
        await look("reconnecting");
        assert.deepEqual(found, []);
      }),
  );
}

/** An update rendered in the same frame may scroll down again before the page receives the scroll event. */
function scrollUp(frame: Frame): Promise<void> {
  return eventually(() =>
    frame.$eval(".scroll", (scroll) => {
      scroll.scrollTop = 0;
      return new Promise<boolean>((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done(scroll.scrollTop === 0)))
      );
    })
  );
}

const day = (new Date().getUTCDay() + 1) % 7 + 1;

browserTest(
  "axe has nothing against the panel while nobody is there",
  () =>
    widgetTest({}, {
      away_message: "We are away.",
      business_hours: { time_zone: "UTC", ranges: [{ day, from: "09:00", to: "10:00" }] },
    }, async ({ visit }) => {
      const frame = await visit.open();
      await frame.waitForSelector("text=We are away.");
      assert.deepEqual(await faults(frame, "away"), []);
    }),
);

browserTest(
  "axe has nothing against the form, its complaints, and the lines that say why there is no chat",
  () =>
    widgetTest({}, { prechat: { name: "required", email: "optional" } }, async ({ parlor, asha, visit }) => {
      await visit.parlor("open");
      const frame = await visit.frame();
      await frame.waitForSelector(".form");
      const found = await faults(frame, "form");
      await frame.fill("#email", "no");
      await frame.press("#email", "Enter");
      await frame.waitForSelector("#email_problem:not(:empty)");
      found.push(...await faults(frame, "form with complaints"));
      await parlor.post("/chatbot/api", { require_identity: true }, { cookie: asha.cookie });
      await visit.parlor("reset");
      await frame.waitForSelector("text=Please sign in on this site to chat.");
      found.push(...await faults(frame, "sign in"));
      assert.deepEqual(found, []);
    }),
);

browserTest(
  "axe has nothing against the launcher, alone, with a count, and open",
  () =>
    widgetTest({}, { launcher_text: "Questions?" }, async ({ parlor, asha, visit }) => {
      // axe cannot inspect a closed shadow root.
      await visit.page.addInitScript(() => {
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function () {
          return attach.call(this, { mode: "open" });
        };
      });
      await visit.page.reload();
      await visit.page.waitForFunction(() => "parlor" in globalThis);
      // Ignores violations of the page itself, such as text outside of landmarks.
      const ours = async (state: string) =>
        (await faults(visit.page, state)).filter((line) => !/: (region|landmark|page-)/.test(line));
      const found = await ours("closed");
      await visit.open();
      found.push(...await ours("open"));
      await visit.write("hello");
      await visit.shows((rows) => rows[1]?.state === "Sent");
      await visit.parlor("close");
      const answers = await Answers.of(parlor, asha);
      answers.write(await visit.consumer("asha"), "hi");
      await visit.page.waitForFunction(() =>
        document.querySelector("html > div")!.shadowRoot!.querySelector("button")!.ariaLabel ===
          "Questions? (1)"
      );
      found.push(...await ours("with a count"));
      assert.deepEqual(found, []);
    }),
);

browserTest(
  "the whole conversation goes by keyboard alone",
  () =>
    widgetTest({}, { prechat: { name: "required" } }, async ({ parlor, asha, visit }) => {
      const { keyboard } = visit.page;
      await visit.page.waitForFunction(() => "parlor" in globalThis);
      await keyboard.press("Tab");
      await keyboard.press("Enter");
      const frame = await visit.frame();
      await frame.waitForSelector("#name:focus");
      await keyboard.type("Vera");
      await keyboard.press("Enter");
      await frame.waitForSelector("textarea:focus");
      await keyboard.type("first line");
      await keyboard.press("Shift+Enter");
      await keyboard.type("second line ");
      await keyboard.press("Tab");
      await keyboard.press("Enter");
      await frame.waitForSelector(".emojis button:focus");
      await keyboard.press("ArrowRight");
      await keyboard.press("Enter");
      await keyboard.press("Enter");
      await visit.shows((rows) => rows[1]?.text === "first line\nsecond line 😃" && rows[1].state === "Sent");
      const answers = await Answers.of(parlor, asha);
      answers.write(await visit.consumer("asha"), "see https://shop.example/lamps");
      await visit.shows((rows) => rows.length === 3);
      await keyboard.press("Shift+Tab");
      await frame.waitForSelector("a:focus");
      await keyboard.press("Escape");
      await (await frame.frameElement()).waitForElementState("hidden");
      await keyboard.press("Enter");
      await frame.waitForSelector("textarea:focus");
      await (await frame.frameElement()).waitForElementState("visible");
    }),
);

browserTest(
  "a screen reader hears each new message once, and no history",
  () =>
    widgetTest({}, {}, async ({ parlor, asha, visit }) => {
      let frame = await visit.open();
      const heard = () => frame.$$eval("[aria-live] p", (all) => all.map((one) => one.textContent));
      const live = "[aria-live], [role=log], [role=status], [role=alert]";
      await visit.write("hello");
      await visit.shows((rows) => rows[1]?.state === "Sent");
      const answers = await Answers.of(parlor, asha);
      const consumer = await visit.consumer("asha");
      answers.write(consumer, "one");
      answers.write(consumer, "two");
      await visit.shows((rows) => rows.length === 4);
      await visit.shows((rows) => rows[1]?.state === "Read");
      assert.deepEqual(await heard(), ["Asha's shop: one", "Asha's shop: two"]);
      assert.equal(
        await frame.$eval(
          ".thread",
          (list, live) => list.closest(live) === null && !list.querySelector(live),
          live,
        ),
        true,
      );
      await visit.page.reload();
      frame = await visit.open();
      await visit.shows((rows) => rows.length === 4);
      assert.deepEqual(await heard(), []);
      parlor.running.service.hub.drain();
      await visit.page.waitForTimeout(1_500);
      assert.deepEqual(await heard(), [], "nor after a reconnect");
    }),
);
