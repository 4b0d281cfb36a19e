import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { questionsOf } from "../../../../db/collections/bot_questions.ts";
import { addEntry } from "../../../../chat/staff/staff_log.ts";
import { allAnswers } from "../../../../chat/knowledge/knowledge.ts";
import { draft } from "../../../db/contract/fixtures.ts";
import { faultsOf } from "../axe.ts";
import { portalTest, type Setting } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

type Before = NonNullable<Setting["before"]>;

const vera = crypto.randomUUID(), key = { admin: "asha", consumer: vera };
const body = "All lamps have two metres of textile cable in black.";
const phrases = ["Does the cable come in white?", "How long is the cable?"];

const withBot: Before = async ({ parlor, asha: { cookie } }) => {
  await parlor.post("/chatbot/api", { bot: { mode: "suggest" } }, { cookie });
  await parlor.post("/messages/api/answers", { title: "Cable lengths", body, phrases }, { cookie });
};

const withHello: Before = async (fixture) => {
  await withBot(fixture);
  await fixture.say(vera, "Hello");
};

/** A conversation that the bot has had before it handed it over. */
const withTalk: Before = async (fixture) => {
  await withBot(fixture);
  const { chat } = fixture.parlor.running.service;
  const bot = { side: "admin", by: "bot" } as const;
  const say = (content: string, rest: Partial<Parameters<typeof draft>[2]> = {}) =>
    chat.store.appendMessage(draft(key, content, { at: Date.now(), ...rest }));
  await say("cable?");
  const buttons = [{ id: "answer:a00000000000", label: "Cable lengths" }, {
    id: "none",
    label: "Something else",
  }];
  await say("Did you mean", { ...bot, extra: { type: "buttons", buttons } });
  await say("Cable lengths", { reply: { seq: 2, button: "answer:a00000000000" } });
  const sources = [{ n: 1, title: "Cables and lengths", url: "https://lamps.example/cables" }];
  await say(`${body} [1]`, { ...bot, extra: { type: "answer", helpful: true, sources } });
  await say("No", { reply: { seq: 4, button: "no" } });
  await addEntry(chat, key, { kind: "handed_off", detail: { reason: "unhelpful" } });
  await say("How long is the cable?");
};

const strip = (page: Page) => page.waitForSelector(".ast-strip");
const noStrip = (page: Page) => page.waitForSelector(".ast-strip", { state: "detached" });
const picture = async (page: Page, name: string) => {
  const folder = Deno.env.get("PARLOR_PICTURES");
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, "-")}.png` });
};

portalTest(
  "an answer that fits what the visitor writes is inserted by Enter, never sent, and hidden by Escape",
  async ({ parlor, driver: { page }, say }) => {
    const { store } = parlor.running.service.chat;
    await page.waitForSelector(`.message:has-text("Hello")`);
    await say(vera, phrases[0]!);
    await strip(page);
    await page.focus(".composer textarea");
    await page.keyboard.press("ArrowUp");
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /^Cable lengths/);
    await page.keyboard.press("Enter");
    await noStrip(page);
    assert.equal(await page.inputValue(".composer textarea"), body);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
    assert.equal((await store.room(key))?.head, 2, "nothing was sent");
    const workspace = { workspace: "asha", consumer: vera };
    for (let tries = 0; (await questionsOf(store, workspace, 1)).length === 0 && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const [used] = await questionsOf(store, workspace, 1), [answer] = await allAnswers(store, "asha");
    assert.deepEqual([used?.text, used?.used, used?.outcome], [phrases[0], answer!.id, "suggested"]);

    await page.fill(".composer textarea", "");
    await say(vera, phrases[1]!);
    await strip(page);
    await page.focus(".composer textarea");
    await page.keyboard.press("Escape");
    await noStrip(page);
    assert.match(page.url(), new RegExp(vera), "Escape has hidden the answers and nothing else");
    await page.keyboard.type("In a moment");
    await page.keyboard.press("Enter");
    await page.waitForSelector(`.message:has-text("In a moment")`);
    await say(vera, phrases[1]!);
    await strip(page);
    await page.keyboard.type("It is long");
    await page.keyboard.press("Enter");
    await noStrip(page);
  },
  { before: withHello, path: `/to/${vera}` },
);

portalTest(
  "a text of the team becomes an answer: the question before it is its title and first phrase",
  async ({ parlor, driver: { page }, say }) => {
    const { store } = parlor.running.service.chat;
    await say(vera, "Is the shade hand-blown?");
    await page.waitForSelector(`.message:has-text("hand-blown")`);
    await page.fill(".composer textarea", "Yes, each one in our own workshop.");
    await page.keyboard.press("Enter");
    const menu = `.message:has-text("our own workshop") .menu > button`;
    const open = async () => {
      await page.focus(menu);
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Make this an answer" }).press("Enter");
      await page.waitForSelector("dialog[open] textarea");
    };
    await page.waitForSelector(menu, { state: "attached" });
    await open();
    assert.equal(await page.inputValue("dialog[open] input"), "Is the shade hand-blown?");
    await page.fill("dialog[open] input", "Shades");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".toast:has-text('Shades')");
    const made = (await allAnswers(store, "asha")).find(({ title }) => title === "Shades")!;
    assert.deepEqual([made.body, made.phrases, made.source], [
      "Yes, each one in our own workshop.",
      ["Is the shade hand-blown?"],
      "learned",
    ]);
    await say(vera, "And the big one, hand-blown too?");
    await page.waitForSelector(`.message:has-text("the big one")`);
    await page.fill(".composer textarea", "Yes: each one, in our own workshop!");
    await page.keyboard.press("Enter");
    const again = `.message:has-text("workshop!") .menu > button`;
    await page.waitForSelector(again, { state: "attached" });
    await page.focus(again);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Make this an answer" }).press("Enter");
    await page.getByRole("button", { name: /^Says nearly the same as “Shades”/ }).press("Enter");
    await page.waitForSelector(".toast:has-text('was added to')");
    const [after] = (await allAnswers(store, "asha")).filter(({ title }) => title === "Shades");
    assert.deepEqual(after!.phrases, ["Is the shade hand-blown?", "And the big one, hand-blown too?"]);
  },
  { before: withHello, path: `/to/${vera}` },
);

portalTest(
  "what the bot writes is shown while it is written, and where it is not finished it goes",
  async ({ parlor, driver: { page } }) => {
    const { chat } = parlor.running.service;
    await page.waitForSelector(`.message:has-text("Hello")`);
    const tell = (rest: { at: number; text: string } | { gone: true }) =>
      chat.audience.tell({ type: "partial", key, id: "bot:1:0", ...rest });
    tell({ at: 0, text: "Two " });
    tell({ at: 4, text: "metres" });
    await page.waitForSelector(".ast-partial .bubble:has-text('Two metres')");
    tell({ gone: true });
    await page.waitForSelector(".ast-partial", { state: "detached" });
    tell({ at: 4, text: "the end of something" });
    tell({ at: 0, text: "Two metres" });
    await page.waitForSelector(".ast-partial .bubble:text-is('Two metres')");
    const message = draft(key, "Two metres.", { side: "admin", by: "bot", client_id: "bot:1:0" });
    const appended = await chat.store.appendMessage(message);
    chat.audience.tell({ type: "message", key, message: appended.message });
    await page.waitForSelector(`.message .bubble:has-text("Two metres.")`);
    await page.waitForSelector(".ast-partial", { state: "detached" });
  },
  { before: withHello, path: `/to/${vera}` },
);

for (const look of looks) {
  portalTest(
    `the bot's messages show buttons, what was pressed, sources and why it handed over: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await strip(page);
      await page.waitForSelector(".ast-choices .pressed");
      const choices = await page.$$eval(
        ".ast-choices li",
        (all) => all.map((one) => [one.querySelector("bdi")!.textContent, one.className]),
      );
      if (look.locale === "en-GB") {
        assert.deepEqual(choices, [
          ["Cable lengths", "pressed"],
          ["Something else", ""],
          ["Yes", ""],
          ["No", "pressed"],
        ]);
        await page.waitForSelector(".event:has-text('The bot handed over: an answer did not help')");
        await page.waitForSelector(".ast-press:has-text('Pressed a button')");
      }
      assert.equal(await page.textContent(".watch"), "", "nobody else is here");
      assert.equal(await page.getAttribute(".ast-sources a", "href"), "https://lamps.example/cables");
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      await picture(page, `assist ${nameOfLook(look)}`);
    },
    { before: withTalk, path: `/to/${vera}`, browser: look },
  );
}
