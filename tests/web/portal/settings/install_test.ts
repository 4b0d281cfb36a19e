import assert from "node:assert/strict";
import { settingsTest } from "./fixture.ts";

settingsTest(
  "saving elsewhere leads to the section with the wrong field",
  "install",
  async ({ page, settings }) => {
    const typed = "https://shop.example/path\n\nshop.example\nhttps://shop.example";
    await page.fill("#set-allowed_origins", typed);
    await settings.choose("Data");
    await settings.save();
    await page.getByRole("heading", { name: "Install" }).waitFor();
    await page.waitForSelector("#set-allowed_origins-problem");
    assert.equal(
      await page.textContent("#set-allowed_origins-problem"),
      "Line 1: write https://shop.example\nLine 2: write https://shop.example",
    );
    assert.equal(await page.inputValue("#set-allowed_origins"), typed);
    await settings.focusIsAt("set-allowed_origins");
    await page.fill("#set-allowed_origins", "https://shop.example\n\nhttp://127.0.0.1:8080");
    await settings.saveAll();
    assert.deepEqual((await settings.saved()).allowed_origins, [
      "https://shop.example",
      "http://127.0.0.1:8080",
    ]);
  },
);

settingsTest(
  "the embed line is copied, and the test page opens",
  "install",
  async ({ page, parlor, context, settings }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await settings.press("Copy");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, `<script async src="${parlor.address}/widget.js" data-admin="asha"></script>`);
    const link = page.getByRole("link", { name: "Open the test page" });
    const href = await link.getAttribute("href");
    const opened = context.waitForEvent("page");
    await link.click();
    const test = await opened;
    await test.waitForFunction(() => "parlor" in globalThis);
    assert.equal(test.url(), parlor.address + new URL(href!, parlor.address).pathname);
    await test.close();
    await page.reload();
    await settings.isThere();
    assert.equal(await link.getAttribute("href"), href, "the same visitor");
  },
);

settingsTest("where the clipboard is refused the embed line is copied still", "install", async ({ page }) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    // deno-lint-ignore no-explicit-any
    document.addEventListener("copy", () => (globalThis as any).taken = String(getSelection()));
  });
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  // deno-lint-ignore no-explicit-any
  assert.match(await page.evaluate(() => (globalThis as any).taken), /^<script async src=/);
});
