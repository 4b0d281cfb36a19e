import assert from "node:assert/strict";
import { holdBack } from "../hold_back.ts";
import { settingsTest } from "./fixture.ts";

settingsTest(
  "what is typed while the settings are read again stays, and the rest is as the service has it",
  "chatbot",
  async ({ page, settings, parlor, asha }) => {
    await page.locator(".settings-back").click();
    await page.waitForSelector(".start");
    const reading = await holdBack(page, "GET", "**/chatbot/api");
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("link", { name: "Settings" }).click();
    await reading.made;
    await settings.isThere();
    await page.fill("#set-title", "Asha's tea");
    const elsewhere = { title: "Asha", subtitle: "From elsewhere" };
    assert.ok((await parlor.post("/chatbot/api", elsewhere, { cookie: asha.cookie })).ok);
    await reading.goOn();
    await page.waitForFunction(() =>
      document.querySelector<HTMLInputElement>("#set-subtitle")!.value === "From elsewhere"
    );
    assert.equal(await page.inputValue("#set-title"), "Asha's tea");
    await settings.saveAll();
    const { title, subtitle } = await settings.saved();
    assert.deepEqual({ title, subtitle }, { title: "Asha's tea", subtitle: "From elsewhere" });
  },
);

settingsTest(
  "an answer to saving leaves the focus with who has gone on to another field",
  "chatbot",
  async ({ page, settings }) => {
    await page.fill("#set-title", "Asha's tea");
    const saving = await holdBack(page, "POST", "**/chatbot/api");
    await settings.save();
    await saving.made;
    await page.fill("#set-subtitle", "");
    await page.keyboard.type("Leaves ");
    await saving.goOn();
    await page.keyboard.type("and water");
    assert.equal(await page.inputValue("#set-subtitle"), "Leaves and water");
    await settings.saveAll();
    assert.equal((await settings.saved()).subtitle, "Leaves and water");
  },
);
