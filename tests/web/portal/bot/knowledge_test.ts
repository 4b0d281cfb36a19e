import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { AnswerSeen } from "../../../../protocol/knowledge.ts";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";
import { teamTest } from "../team/team_fixture.ts";
import { fill, hire, picture } from "./fixture.ts";

const saved = (page: Page) => page.waitForSelector(".bot-save p:text-is('Saved')");
const titles = (page: Page) =>
  page.$$eval(".bot-row-title", (all) => all.map(({ textContent }) => textContent));

portalTest("five answers to begin with; deleting one is taken back", async ({ driver: { page } }) => {
  await page.getByRole("button", { name: "Start with five answers" }).press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".bot-row").length === 5);
  await page.waitForSelector(".toast:has-text('5 answers added')");
  const before = await titles(page);
  await page.click(".bot-row a");
  await page.getByRole("button", { name: "Delete" }).press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".bot-row").length === 4);
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".bot-row").length === 5);
  assert.deepEqual(await titles(page), before);
}, { path: "/bot" });

portalTest(
  "an answer is written by keys alone, with a pasted list, another language and a button",
  async ({ driver: { page }, parlor, asha }) => {
    await page.waitForSelector("text=Write one yourself");
    await page.getByRole("link", { name: "Write one yourself" }).press("Enter");
    await page.waitForSelector(".bot-form input");
    await page.waitForFunction(() => document.activeElement?.matches(".bot-form input"));
    const { keyboard } = page;
    await keyboard.type("How long does delivery take?");
    await keyboard.press("Tab");
    await keyboard.insertText("- when does it come\n2. delivery time\n\n• when does it come\n");
    assert.match(await page.textContent(".bot-fields") ?? "", /2 of 100/);
    await keyboard.press("Tab");
    await keyboard.type("Three days.");
    await page.getByRole("button", { name: "Add a button" }).press("Enter");
    await page.getByLabel("Label").fill("Ask a person");
    await page.getByLabel("Add a language").selectOption("es");
    await page.getByRole("textbox", { name: "Title" }).fill("¿Cuánto tarda el envío?");
    await page.getByLabel("Answer", { exact: true }).fill("Tres días.");
    await keyboard.press("Control+Enter");
    await page.waitForURL(/\/bot\/answers\/[a-z0-9]{12}$/);
    const id = page.url().split("/").at(-1)!;
    const answer: AnswerSeen = await (await parlor.fetch(`/messages/api/answers/${id}`, {
      headers: { cookie: asha.cookie },
    })).json();
    assert.deepEqual(answer.phrases, ["when does it come", "delivery time"]);
    assert.deepEqual(answer.locales, {
      es: { title: "¿Cuánto tarda el envío?", phrases: [], body: "Tres días." },
    });
    assert.deepEqual(answer.buttons.map(({ label, do: act }) => [label, act]), [["Ask a person", {
      person: true,
    }]]);
    await page.waitForSelector(".bot-row:has-text('How long does delivery take?')");
    await page.getByRole("switch").press("Space");
    await page.waitForSelector(".bot-row.is-off");
  },
  { path: "/bot" },
);

portalTest("what is wrong is said beside the field, and focused", async ({ driver: { page } }) => {
  await page.waitForSelector(".bot-form");
  await page.getByRole("textbox", { name: "Title" }).fill("Opening hours");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForSelector(".bot-form textarea[aria-invalid]");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  assert.match(await page.textContent(".bot-save") ?? "", /1 field needs another look/);
}, { path: "/bot/answers/new" });

portalTest(
  "offline it says so and keeps what was typed, also while one looks elsewhere",
  async ({ driver: { page }, context }) => {
    await page.waitForSelector(".bot-row");
    await page.click(".bot-row a");
    await page.getByLabel("Answer", { exact: true }).fill("Typed in a tunnel.");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForSelector(".bot-save .problem:has-text('Not saved')");
    await page.click(".bot-row:last-child a");
    await page.waitForSelector(".bot-mark");
    await page.click(".bot-row:first-child a");
    assert.equal(await page.getByLabel("Answer", { exact: true }).inputValue(), "Typed in a tunnel.");
    await context.setOffline(false);
    await page.getByRole("button", { name: "Save" }).click();
    await saved(page);
    await page.reload();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("textarea")].some(({ value }) => value === "Typed in a tunnel.")
    );
  },
  { path: "/bot", before: fill },
);

teamTest("two editors: other fields are merged, the same field is shown twice", async (fixture) => {
  const { asha, call, portal } = fixture;
  const manager = await hire(fixture);
  const { id } = await call<AnswerSeen>(asha, "POST /answers", { title: "Cable", body: "Two metres." }, 201);
  const [one, two] = [await portal(asha, `/bot/answers/${id}`), await portal(manager, `/bot/answers/${id}`)];
  for (const { page } of [one, two]) await page.waitForSelector(".bot-form textarea");
  await two.page.getByLabel("Other ways to ask").fill("cord");
  await two.page.getByRole("button", { name: "Save" }).click();
  await saved(two.page);
  await one.page.getByLabel("Answer", { exact: true }).fill("Three metres.");
  await one.page.getByRole("button", { name: "Save" }).click();
  await saved(one.page);
  assert.equal(await one.page.getByLabel("Other ways to ask").inputValue(), "cord");

  await two.page.getByLabel("Answer", { exact: true }).fill("Four metres.");
  await two.page.getByRole("button", { name: "Save" }).click();
  await two.page.waitForSelector(".bot-clash");
  const both = await two.page.$$eval(".bot-both p", (all) => all.map(({ textContent }) => textContent));
  assert.deepEqual(both, ["Three metres.", "Four metres."]);
  assert.deepEqual(await faultsOf(two.page), []);
  await picture(two.page, "bot-clash");
  await two.page.getByRole("button", { name: "Save mine instead" }).press("Enter");
  await saved(two.page);
  assert.equal((await call<AnswerSeen>(asha, `GET /answers/${id}`)).body, "Four metres.");
});

teamTest("an observer reads answers and cannot change them", async ({ asha, tom, call, portal }) => {
  const { id } = await call<AnswerSeen>(asha, "POST /answers", { title: "Cable", body: "Two metres." }, 201);
  const { page } = await portal(tom, `/bot/answers/${id}`);
  await page.waitForSelector(".bot-form textarea");
  await page.waitForSelector(".bot-banner");
  assert.equal(await page.getByRole("textbox", { name: "Title" }).isDisabled(), true);
  assert.equal(await page.getByRole("switch").isDisabled(), true);
  assert.deepEqual(await page.$$eval(".bot-part .button, .bot-list-head a", (all) => all.length), 0);
}, { isObserved: true });

portalTest(
  "a file is looked at before it is imported; wrong lines are said; it is taken back",
  async ({ driver: { page } }) => {
    await page.waitForSelector("input[type=file]");
    const choose = (name: string, text: string) =>
      page.setInputFiles("input[type=file]", {
        name,
        mimeType: "",
        buffer: Buffer.from(text),
      });
    await choose("answers.csv", "title,body\nShipping,\n");
    await page.waitForSelector(".bot-lines li");
    await choose("picture.png", "…");
    await page.waitForSelector(".problem:has-text('.csv')");
    await choose("guide.md", "# Delivery\n\nThree days.\n\n# Returns\n\nThirty days.\n");
    await page.waitForSelector(".bot-report:has-text('2 new')");
    await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
    await page.waitForSelector("p:has-text('Imported: 2 new')");
    await page.click(".bot-up");
    await page.waitForFunction(() => document.querySelectorAll(".bot-row").length === 2);
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await page.waitForSelector("text=No articles yet");
  },
  { path: "/bot/articles/import" },
);

for (const look of looks) {
  portalTest(`answers have no fault that axe finds: ${nameOfLook(look)}`, async ({ driver: { page } }) => {
    await page.waitForSelector(".bot-row");
    assert.deepEqual(await faultsOf(page), []);
    await picture(page, `bot-answers-${nameOfLook(look)}`);
    await page.click(".bot-row:nth-child(2) a");
    await page.waitForSelector(".bot-form textarea");
    assert.deepEqual(await faultsOf(page), []);
    await picture(page, `bot-answer-${nameOfLook(look)}`);
    await page.goto(page.url().replace(/answers.*/, "articles/import"));
    await page.waitForSelector(".bot-group");
    assert.deepEqual(await faultsOf(page), []);
    await picture(page, `bot-import-${nameOfLook(look)}`);
    assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
  }, { path: "/bot", before: fill, browser: look });
}
