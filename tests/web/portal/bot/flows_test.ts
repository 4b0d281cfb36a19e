import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

/** Types into a field, by keys alone. */
async function fill(page: Page, label: string, text: string, nth = 0): Promise<void> {
  await page.getByLabel(label, { exact: true }).nth(nth).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().press("Enter");
}

const storedFlow = (page: Page) =>
  page.evaluate(async () =>
    await (await fetch(`/messages/api/flows/${location.pathname.split("/").at(-1)}`)).json()
  );

portalTest(
  "a flow's buttons, choices, answer and hands are chosen by name; what is unsaved stays, what is gone is told",
  async ({ driver: { page }, parlor, asha }) => {
    const headers = { cookie: asha.cookie };
    const made = await (await parlor.post(
      "/messages/api/answers",
      { title: "Opening hours", phrases: ["when are you open"], body: "Nine to five." },
      headers,
    )).json();
    const team = await (await parlor.post("/messages/api/teams", { name: "Workshop" }, headers)).json();
    await page.reload();
    await press(page, "New flow");
    await fill(page, "Name", "Visit");
    await page.getByLabel("Starts with", { exact: true }).selectOption("button");
    await fill(page, "Text", "What for?");
    await page.getByLabel("Kind of answer", { exact: true }).selectOption("choice");
    for (const label of ["Hours", "A person"]) {
      await press(page, "Add a choice");
      await page.getByRole("textbox", { name: `Choice ${label === "Hours" ? 1 : 2}` }).fill(label);
    }
    await page.getByLabel("Asked at most", { exact: true }).selectOption("3");
    for (let n = 0; n < 4; n++) await press(page, "Add a step");
    const step = (n: number) => page.locator(".flow-step").nth(n);
    const kind = (n: number, to: string) => step(n).getByLabel("What it does").selectOption(to);
    await step(0).getByRole("group", { name: "Choice 2" }).getByLabel("Then").selectOption("step4");
    await step(1).getByLabel("Text", { exact: true }).fill("Here they are, {{name|friend}}.");
    await step(1).getByRole("button", { name: "Add a button" }).press("Enter");
    await step(1).getByLabel("Label", { exact: true }).fill("Rather a person");
    await kind(2, "answer");
    await step(2).getByLabel("Gives an answer").selectOption({ label: "Opening hours" });
    await kind(3, "assign");
    await step(3).getByLabel("Who").selectOption({ label: "Workshop" });
    await kind(4, "handoff");
    await step(4).getByLabel("Team").selectOption({ label: "Workshop" });
    // Elsewhere in the portal, and back.
    await page.locator(".bot-tab").nth(0).click();
    await page.waitForFunction(() => location.pathname.endsWith("/answers"));
    await page.goBack();
    await page.waitForSelector(".flow-step");
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Visit");
    await press(page, "Save");
    await page.waitForSelector(".flow-told [role=status]:text-is('Saved')");
    const { steps } = await storedFlow(page);
    assert.deepEqual(steps, [
      {
        ...{ id: "step1", do: "ask", text: "What for?", into: "answer1", as: "choice", tries: 3 },
        choices: [{ label: "Hours" }, { label: "A person", next: "step4" }],
      },
      {
        ...{ id: "step2", do: "say", text: "Here they are, {{name|friend}}." },
        buttons: [{ label: "Rather a person", do: { person: true } }],
      },
      { id: "step3", do: "answer", answer: made.id },
      { id: "step4", do: "assign", to: { team: team.id } },
      { id: "step5", do: "handoff", team: team.id },
    ]);
    const gone = await parlor.fetch(`/messages/api/answers/${made.id}`, { method: "DELETE", headers });
    assert(gone.ok);
    await page.reload();
    await step(2).locator("option:checked:text('(deleted)')").waitFor({ state: "attached" });
  },
  { path: "/bot/flows" },
);

portalTest(
  "what the service says of a wrong step is said in Arabic",
  async ({ driver: { page } }) => {
    await page.locator(".bot-acts .button").press("Enter");
    await page.locator(".flow-step textarea").first().fill("{{unknown}} ما هذا؟");
    await page.waitForSelector(".flow-step .problem:text('لا خطوة تسأل عن «unknown» أو تضبطه')");
  },
  { path: "/bot/flows", browser: { locale: "ar" } },
);

portalTest(
  "a flow is built by keys, tried, corrected at its step, saved, and saved over by somebody else",
  async ({ driver: { page } }) => {
    await page.waitForSelector(".bot-part h1");
    await press(page, "New flow");
    await fill(page, "Name", "Invoices");
    await fill(page, "Phrases, one a line", "a question about my invoice");
    await fill(page, "Text", "Which order?");
    await page.waitForSelector(".flow-line:has-text('Which order?')");
    await press(page, "Add a step");
    await fill(page, "Text", "Order {{answr}} it is", 1);
    await press(page, "Save");
    await page.waitForFunction(() => document.activeElement?.classList.contains("flow-wrong"));
    assert.match(
      await page.evaluate(() => document.activeElement?.textContent ?? ""),
      /Step 2: Says.*no step asks for or sets "answr"/,
    );
    await fill(page, "Text", "Order {{answer1}} it is", 1);
    await page.waitForFunction(() => !document.querySelector(".flow-wrong"));
    await fill(page, "Your answer", "1042");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".flow-line.bot:has-text('Order 1042 it is')");
    await page.waitForSelector(".flow-line:has-text('The flow ends here.')");
    await press(page, "Save");
    await page.waitForSelector(".flow-told [role=status]:text-is('Saved')");
    await page.reload();
    await page.waitForSelector(".flow-step");
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Invoices");
    assert.equal(await page.locator(".flow-step").count(), 2);
    await page.evaluate(async () => {
      const path = `/messages/api/flows/${location.pathname.split("/").at(-1)}`;
      const { version } = await (await fetch(path)).json();
      const body = JSON.stringify({ version, title: "Bills" });
      await fetch(path, { method: "PATCH", headers: { "content-type": "application/json" }, body });
    });
    await fill(page, "Name", "Receipts");
    await press(page, "Save");
    await page.waitForSelector(".flow-told[role=alert]");
    await press(page, "Show theirs");
    await page.waitForFunction(() => document.querySelector("#bot-title")?.textContent === "Bills");
    await page.evaluate(async () => {
      const path = `/messages/api/flows/${location.pathname.split("/").at(-1)}`;
      const { version } = await (await fetch(path)).json();
      const body = JSON.stringify({ version, title: "Theirs" });
      await fetch(path, { method: "PATCH", headers: { "content-type": "application/json" }, body });
    });
    await fill(page, "Name", "Mine");
    await press(page, "Save");
    await page.waitForSelector(".flow-told[role=alert]");
    await press(page, "Save mine over it");
    await page.waitForSelector(".flow-told [role=status]:text-is('Saved')");
    assert.equal((await storedFlow(page)).title, "Mine");
    await fill(page, "Name", "Bills");
    await press(page, "Save");
    await page.waitForSelector(".flow-told [role=status]:text-is('Saved')");
    await page.goto(page.url().replace(/\/flows\/.*/, "/flows"));
    await page.waitForSelector(".flow-list a:text('Bills')");
  },
  { path: "/bot/flows" },
);

for (const look of looks) {
  portalTest(
    `a ready flow in its editor has no fault that axe finds: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await page.locator(".flow-told .button").first().press("Enter");
      await page.waitForSelector(".flow-line p");
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate(() => document.body.scrollWidth - innerWidth), 0);
      const folder = Deno.env.get("PARLOR_PICTURES");
      if (folder) {
        await page.screenshot({ path: `${folder}/flow-${nameOfLook(look).replaceAll(/\W+/g, "-")}.png` });
      }
    },
    { path: "/bot/flows", browser: look },
  );
}
