import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { logQuestion } from "../../../../chat/bot/questions.ts";
import { allAnswers, type Answer } from "../../../../chat/knowledge/knowledge.ts";
import { answers } from "../../../../db/collections/knowledge/answers.ts";
import type { BotQuestion } from "../../../../db/collections/bot_questions.ts";
import { draft } from "../../../db/contract/fixtures.ts";
import { faultsOf } from "../axe.ts";
import { portalTest, type Setting } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

type Before = NonNullable<Setting["before"]>;

const cable = {
  title: "Cable lengths and colours",
  body: "All lamps have two metres of textile cable in black.",
};
const custom = { title: "Custom orders", body: "Tell us what you have in mind, and we say what it costs." };
const bulb = { title: "Which bulb fits", body: "Any with an E27 base and at most 60 watts." };
const reply =
  "Yes, white or sand textile, both 2 m, at no extra cost. Just say so in the note to your order.";

/** Three answers, and four questions of which one was asked twice and answered by a person. */
const before: Before = async ({ parlor, asha }) => {
  const { chat } = parlor.running.service;
  const ids: string[] = [];
  for (const one of [cable, custom, bulb]) {
    const made = await parlor.post("/messages/api/answers", one, { cookie: asha.cookie });
    ids.push((await made.json()).id);
  }
  const guesses = [cable, custom, bulb].map((one, i) => ({
    ...one,
    id: ids[i]!,
    confidence: [0.46, 0.28, 0.11][i]!,
  }));
  chat.bot = {
    ...{ takes: () => false, texted() {}, addressed() {}, left() {}, due() {}, changed() {} },
    guesses: () => Promise.resolve(guesses),
    suggest: () => Promise.resolve([]),
  };
  const ask = async (consumer: string, text: string, rest: Partial<BotQuestion> = {}) => {
    const { message } = await chat.store.appendMessage(draft({ admin: "asha", consumer }, text));
    const question = { workspace: "asha", consumer, seq: message.seq, text, at: Date.now() };
    await logQuestion(chat.store, { ...question, outcome: "offered", confidence: 0.4, ...rest });
  };
  await ask("vera", "Does the cable come in white?", { outcome: "handed_off", confidence: 0.2 });
  const by = { id: "maya00000000" }, vera = { admin: "asha", consumer: "vera" };
  await chat.store.appendMessage(draft(vera, reply, { side: "admin", by }));
  await chat.store.appendMessage(draft(vera, "resolved", { side: "admin", kind: "status" }));
  await ask("victor", "does the cable come in white", { confidence: 0.3 });
  await ask("walter", "Can I get an invoice to my firm?", { confidence: 0.5 });
  await ask("wanda", "asdf", { confidence: 0.55 });
  await ask("willa", "Quanto custa o envio?", { confidence: 0.6, outcome: "unhelpful" });
};

const question = (page: Page, text: string) => page.waitForSelector(`#rev-question:has-text("${text}")`);
const told = (page: Page, text: string) =>
  page.waitForFunction(
    (text) => [...document.querySelectorAll("[role=status]")].some((one) => one.textContent?.includes(text)),
    text,
  );
const picture = async (page: Page, name: string) => {
  const folder = Deno.env.get("PARLOR_PICTURES");
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, "-")}.png` });
};

portalTest(
  "questions are decided by one key each: a digit, N, M, X; U takes the last one back",
  async ({ parlor, driver: { page } }) => {
    const { store } = parlor.running.service.chat;
    const found = async () =>
      new Map((await allAnswers(store, "asha")).map((one) => [one.title, one] as [string, Answer]));
    await question(page, "Does the cable come in white?");
    assert.equal(await page.textContent(".rev-head p"), "0 of 4");
    await page.keyboard.press("1");
    await told(page, "Added to “Cable lengths and colours”");
    await question(page, "Quanto custa o envio?");
    assert.deepEqual((await found()).get(cable.title)!.phrases, ["Does the cable come in white?"]);
    await page.keyboard.press("u");
    await told(page, "Taken back");
    await question(page, "Does the cable come in white?");
    assert.deepEqual((await found()).get(cable.title)!.phrases, []);

    // What a person answered becomes an answer.
    await page.keyboard.press("m");
    await page.waitForSelector("dialog[open] textarea");
    assert.equal(await page.inputValue("dialog[open] textarea"), reply);
    const title = page.locator("dialog[open] input");
    await title.fill("White cables");
    await title.press("Enter");
    await told(page, "“White cables” is a new answer");
    assert.deepEqual((await found()).get("White cables")!.phrases, ["Does the cable come in white?"]);

    await question(page, "Quanto custa o envio?");
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open] .rev-found button");
    await page.keyboard.type("custom");
    await page.waitForFunction(() => document.querySelectorAll(".rev-found button").length === 1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await told(page, "Added to “Custom orders”");

    await question(page, "Can I get an invoice to my firm?");
    await page.keyboard.press("j");
    await question(page, "asdf");
    await page.keyboard.press("x");
    await told(page, "Not a question");
    await question(page, "Can I get an invoice to my firm?");
    await page.keyboard.press("n");
    await page.waitForSelector("dialog[open] textarea");
    assert.equal(await page.inputValue("dialog[open] input"), "Can I get an invoice to my firm?");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    await page.keyboard.press("n");
    await page.fill("dialog[open] textarea", "Yes: write the firm's name and address with your order.");
    await picture(page, "review new answer");
    await page.click("dialog[open] button[type=submit]");
    await page.waitForSelector("h2:has-text('That was it')");
    assert.equal(await page.textContent(".rev-head p"), "4 of 4");
    await page.reload();
    await page.waitForSelector("h2:has-text('Nothing to review')");
    assert.deepEqual(await faultsOf(page), []);
    await picture(page, "review empty");
  },
  { before, path: "/bot/review" },
);

portalTest(
  "a question that a colleague has decided about meanwhile is said so, and left out; a failure changes nothing",
  async ({ parlor, asha, driver: { page } }) => {
    await question(page, "Does the cable come in white?");
    const questions = [{ consumer: "vera", seq: 1 }, { consumer: "victor", seq: 1 }];
    await parlor.post("/messages/api/bot/review", { questions, dismiss: true }, { cookie: asha.cookie });
    await page.keyboard.press("1");
    await told(page, "A colleague has decided about this one meanwhile.");
    await question(page, "Quanto custa o envio?");
    const { store } = parlor.running.service.chat;
    for await (const one of answers.all(store, "asha")) await answers.remove(store, ["asha", one.id]);
    await page.keyboard.press("2");
    await page.waitForSelector(".rev-error[role=alert]");
    await question(page, "Quanto custa o envio?");
    assert.equal(await page.textContent(".rev-head p"), "1 of 4");
  },
  { before, path: "/bot/review" },
);

for (const look of looks) {
  portalTest(
    `the review has no fault that axe finds: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await question(page, "Does the cable come in white?");
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      await picture(page, `review ${nameOfLook(look)}`);
    },
    { before, path: "/bot/review", browser: look },
  );
}
