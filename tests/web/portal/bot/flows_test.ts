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
    await page.waitForSelector(".flow-told [role=status]:text('Saved')");
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
