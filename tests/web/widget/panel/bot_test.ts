import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import type { MessageExtra } from "../../../../protocol/records.ts";
import { botStrings } from "../../../../web/widget/bot/bot_words.ts";
import { languages } from "../../../../web/widget/frame/words.ts";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { violations } from "../axe.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

interface Shop {
  site: Site;
  parlor: Parlor;
  visit: Visit;
  frame: Frame;
  /** The bot writes this in the visitor's room. */
  says(content: string, more?: { extra?: MessageExtra; client_id?: string }): Promise<void>;
  /** The bot is writing this. */
  writes(piece: { at: number; text: string } | { gone: true }): Promise<void>;
}

interface Look {
  locale?: string;
  width?: number;
  colorScheme?: "dark" | "light";
}

/** Vera is at a shop whose bot answers. */
function botTest(name: string, play: (shop: Shop) => Promise<void>, look: Look = {}): void {
  const { locale = "en-GB", width = 1280, colorScheme } = look;
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const { cookie } = await parlor.signUp("asha");
    const answer = { title: "Can I return a lamp?", phrases: ["refund"], body: "Within 30 days, for free." };
    const made = await parlor.post("/messages/api/answers", answer, { cookie });
    const { id } = await made.json().then((all) => all.answer ?? all);
    const bot = { mode: "answer", name: "Wick", suggested: [id] };
    await parlor.post("/chatbot/api", { title: "The lamp shop", bot }, { cookie });
    await using site = Site.with(parlor, "asha");
    const context = await browse({
      locale,
      colorScheme,
      reducedMotion: "reduce",
      viewport: { width, height: 844 },
    });
    const visit = await Visit.to(context, site.address);
    const frame = await visit.open();
    const { chat } = parlor.running.service;
    const key = async () => ({ admin: "asha", consumer: await visit.consumer("asha") });
    const says: Shop["says"] = async (content, more) => {
      const at = await key(),
        draft = { side: "admin", by: "bot", kind: "text", content, at: Date.now() } as const;
      const { message } = await chat.store.appendMessage({ ...at, ...draft, ...more });
      chat.audience.tell({ type: "message", key: at, message });
    };
    const writes: Shop["writes"] = async (piece) =>
      chat.audience.tell({ type: "partial", key: await key(), id: "bot:9:0", ...piece });
    try {
      await play({ parlor, site, visit, frame, says, writes });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const buttons = [{ id: "choice:0", label: "Paper" }, { id: "choice:1", label: "Glass" }, {
  id: "none",
  label: "Something else",
}];
const answer: MessageExtra = {
  type: "answer",
  helpful: true,
  sources: [{ n: 1, title: "Care for shades", url: "https://shop.example/care" }, {
    n: 2,
    title: "Trick",
    url: "javascript:alert(1)",
  }],
};

Deno.test("what is said around the bot is said in every language", () => {
  assert.deepEqual(Object.keys(botStrings).sort(), ["en", ...Object.keys(languages)].sort());
});

botTest("vera asks a suggested question, and a person, by keyboard", async ({ visit, frame }) => {
  const suggested = ".scroll > .choices button";
  await frame.waitForSelector(suggested);
  assert.deepEqual(await violations(frame), []);
  await frame.press(suggested, "Enter");
  await visit.shows((rows) => rows.at(-1)?.text === "Within 30 days, for free.", 30_000);
  assert.equal(await frame.isVisible(suggested), false);
  assert.equal(await frame.textContent("h1"), "WickBot");
  assert.deepEqual(await violations(frame), []);
  await frame.press(".to-person button", "Enter");
  await frame.waitForFunction(() =>
    document.querySelector(".note")?.textContent?.startsWith("We will answer")
  );
  assert.equal(await frame.isVisible(".to-person"), false);
  assert.equal(await frame.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  assert.ok((await visit.texts()).includes("Talk to a person"));
});

botTest("choices can be pressed once, while they are the newest", async ({ visit, frame, says }) => {
  await visit.write("hello");
  await visit.shows((rows) => rows.length > 2, 30_000);
  await says("Which shade?", { extra: { type: "buttons", buttons } });
  const none = ".choices .none";
  await frame.waitForSelector(none);
  assert.equal(await frame.isEnabled(none), true);
  await visit.page.context().setOffline(true);
  await frame.click(".row .choices button >> nth=1");
  await visit.shows((rows) => rows.at(-1)?.text === "Glass");
  assert.equal(await frame.getAttribute(".row .choices button >> nth=1", "aria-pressed"), "true");
  assert.equal(await frame.isEnabled(none), false);
  await visit.page.context().setOffline(false);
  await visit.shows(
    (rows) => rows.some(({ text, state }) => text === "Glass" && /Sent|Read/.test(state)),
    40_000,
  );
  await visit.page.reload();
  const again = await visit.open();
  await again.waitForSelector('.row .choices button[aria-pressed="true"]');
  assert.equal(await again.isEnabled(".row .choices button >> nth=0"), false);
});

botTest("what is pressed in one tab is pressed in the other", async ({ site, visit, frame, says }) => {
  await visit.write("hello");
  await visit.shows((rows) => rows.length > 2, 30_000);
  const second = await (await Visit.to(visit.page.context(), site.address)).open();
  await says("Which shade?", { extra: { type: "buttons", buttons } });
  for (const one of [frame, second]) await one.waitForSelector(".row .choices button:not(:disabled)");
  await frame.click(".row .choices button >> nth=0");
  await second.waitForSelector('.row .choices button[aria-pressed="true"]');
  assert.equal(await second.locator(".row .choices button:not(:disabled)").count(), 0);
});

botTest(
  "of two tabs that press at once one is heard, and neither says that it was not sent",
  async (shop) => {
    const { parlor, site, visit, frame, says } = shop;
    await visit.write("hello");
    await visit.shows((rows) => rows.length > 2, 30_000);
    // Tabs of one browser share what is unsent; a copy of its storage does not, so that both surely press.
    const context = visit.page.context();
    const copy = await context.browser()!.newContext({ storageState: await context.storageState() });
    const other = await Visit.to(copy, site.address);
    const second = await other.open();
    await other.shows((rows) => rows.length > 2);
    await says("Which shade?", { extra: { type: "buttons", buttons } });
    for (const one of [frame, second]) await one.waitForSelector(".choices button:not(:disabled)");
    // Both press before they hear of each other.
    const { store } = parlor.running.service.chat, read = store.messagesAfter.bind(store);
    const held = Promise.withResolvers<void>();
    store.messagesAfter = async (...page) => (await held.promise, await read(...page));
    await frame.click(".row .choices button:not(:disabled) >> nth=0");
    await second.click(".row .choices button:not(:disabled) >> nth=1");
    for (const one of [frame, second]) {
      await one.waitForFunction(() => !document.querySelector(".row .choices button:not(:disabled)"));
    }
    held.resolve();
    for (const tab of [visit, other]) {
      const rows = await tab.shows((rows) => {
        const since = rows.slice(rows.findIndex(({ text }) => text === "Which shade?"));
        const own = since.filter(({ side }) => side === "mine");
        return own.length === 1 && /Sent|Read/.test(own[0]!.state);
      }, 40_000);
      assert.ok(rows.every(({ state }) => state !== "Not sent"));
    }
    await copy.close();
  },
);

const looks = ["en-GB", "ar"].flatMap((locale) =>
  [1280, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ locale, width, colorScheme }))
  )
);
for (const look of looks) {
  botTest(
    `an answer has safe sources and is asked about, ${JSON.stringify(look)}`,
    async ({ visit, frame, says }) => {
      await visit.write("hello");
      await visit.shows((rows) => rows.length > 2, 30_000);
      await says("Up to 60 °C [1].", { extra: answer });
      await frame.waitForSelector(".sources");
      const links = await frame.$$eval(".sources a", (all) => all.map((a) => (a as HTMLAnchorElement).href));
      assert.deepEqual(links, ["https://shop.example/care"]);
      assert.deepEqual(await violations(frame), []);
      await says("Which shade?", { extra: { type: "buttons", buttons } });
      await frame.waitForSelector(".row .choices button:not(:disabled)");
      assert.equal(await frame.isEnabled(".helpful button >> nth=0"), false, "it is not the newest");
      assert.deepEqual(await violations(frame), []);
      const isWithin = await frame.$eval(".scroll", (scroll) => scroll.scrollWidth <= scroll.clientWidth);
      assert.ok(isWithin, "nothing sticks out");
    },
    look,
  );
}

botTest(
  "a text is seen while it is written, and announced once it is stored",
  async ({ visit, frame, says, writes }) => {
    await visit.write("hello");
    const before = (await visit.shows((rows) => rows.length > 2, 30_000)).length;
    const last = (text: string) =>
      visit.shows((rows) => rows.length === before + 1 && rows.at(-1)?.text === text);
    await writes({ at: 0, text: "Up to " });
    await last("Up to ");
    await writes({ at: 6, text: "60 °C" });
    await last("Up to 60 °C");
    await writes({ at: 99, text: "lost" });
    await writes({ gone: true });
    await visit.shows((rows) => rows.length === before);
    await writes({ at: 0, text: "Up to 60" });
    await last("Up to 60");
    const spoken = () => frame.textContent('[role="log"]');
    assert.doesNotMatch(await spoken() ?? "", /Up to/);
    await says("Up to 60 °C.", { client_id: "bot:9:0" });
    await last("Up to 60 °C.");
    assert.equal((await spoken())!.split("Wick: Up to 60 °C.").length, 2);
  },
);
