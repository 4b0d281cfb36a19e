import assert from "node:assert/strict";
import type { Frame, Page } from "playwright-core";
import { settingsTest } from "./fixture.ts";

async function previewOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector(".set-stage iframe.here")).contentFrame();
  await frame!.waitForSelector(".head h1");
  return frame!;
}

settingsTest(
  "the preview is the real panel and follows what asha types; what changed is saved, no more",
  "chatbot",
  async ({ page, settings }) => {
    const patches = settings.patches();
    const preview = await previewOf(page);
    assert.match(preview.url(), /\/widget\/frame\?admin=asha/);
    await page.fill("#set-title", "Asha's lamps");
    await page.fill("#set-accent", "#ffd400");
    await page.fill("#set-launcher_text", "Ask us");
    await preview.waitForSelector('h1:text-is("Asha\'s lamps")');
    await preview.waitForFunction(
      // Text on a light accent color is dark.
      () => document.documentElement.style.getPropertyValue("--on-accent") === "#000000",
    );
    await page.waitForSelector(".set-launcher >> text=Ask us");
    await settings.pick("You are", "Away");
    await preview.waitForSelector("text=We are away right now");
    await settings.pick("Ask for the email address", "Required");
    await preview.waitForSelector("input[type=email]");
    assert.equal((await settings.saved()).title, "Chat with us", "nothing is saved yet");
    await settings.saveAll();
    assert.deepEqual(patches, [{
      title: "Asha's lamps",
      accent: "#ffd400",
      launcher_text: "Ask us",
      prechat: { email: "required" },
    }]);
    const { title, prechat, greeting } = await settings.saved();
    assert.deepEqual([title, prechat, greeting], [
      "Asha's lamps",
      { name: "off", email: "required" },
      "Hi! How can we help?",
    ]);
  },
);

settingsTest(
  "every field of the chatbot's words and looks is edited here, and kept",
  "chatbot",
  async ({ page, settings }) => {
    const preview = await previewOf(page);
    const written = {
      title: "Lamps",
      subtitle: "Within the hour",
      greeting: "Namaste!",
      away_message: "Back at nine",
      locale: "hi",
      accent: "#7c2d12",
      launcher_text: "Ask",
      avatar_url: "https://shop.example/lamp.png",
    };
    for (const [name, value] of Object.entries(written)) await page.fill(`#set-${name}`, value);
    await preview.waitForSelector("text=Namaste!");
    await settings.pick("Corner of the page", "Left");
    await settings.pick("Ask for the name", "Optional");
    await page.getByRole("switch", { name: "Signed-in users only" }).click();
    await settings.saveAll();
    const saved = await settings.saved();
    for (const [name, value] of Object.entries(written)) assert.equal(saved[name], value);
    assert.deepEqual([saved.position, saved.prechat.name, saved.require_identity], [
      "left",
      "optional",
      true,
    ]);
    await page.reload();
    await settings.isThere();
    for (const [name, value] of Object.entries(written)) {
      assert.equal(await page.inputValue(`#set-${name}`), value);
    }
  },
);

settingsTest(
  "what the service refuses stands at its field, and nothing typed is lost",
  "chatbot",
  async ({ page, settings }) => {
    await page.fill("#set-title", "  ");
    await page.fill("#set-greeting", "Namaste!");
    await page.fill("#set-avatar_url", "http://shop.example/a.png");
    await settings.save();
    await settings.says("Not saved. 2 fields need another look");
    assert.equal(await page.textContent("#set-title-problem"), "May not be empty");
    assert.equal(await page.textContent("#set-avatar_url-problem"), "An https:// address");
    await settings.focusIsAt("set-title");
    assert.match((await page.getAttribute("#set-title", "aria-describedby"))!, /set-title-problem/);
    assert.equal(await page.inputValue("#set-greeting"), "Namaste!");
    await page.fill("#set-title", "Lamps");
    await page.waitForSelector("#set-title-problem", { state: "detached" });
    await page.fill("#set-avatar_url", "");
    await page.press("#set-avatar_url", "Enter");
    await settings.says("Saved");
    assert.equal((await settings.saved()).greeting, "Namaste!");
  },
);

settingsTest(
  "a save that fails keeps the changes, and leaving asks first",
  "chatbot",
  async ({ page, settings, parlor }) => {
    await page.route(`${parlor.address}/chatbot/api`, (route) => route.abort());
    await page.fill("#set-title", "Kept");
    await settings.save();
    await settings.says("Not saved. The service cannot be reached. Check your connection and try again");
    await settings.choose("Account");
    await page.locator(".set-contents a", { hasText: "Chatbot" }).locator(".set-mark").waitFor();
    const leave = page.getByRole("dialog", { name: "Leave without saving?" });
    await page.click("a.settings-back");
    await leave.waitFor();
    await page.keyboard.press("Escape");
    await leave.waitFor({ state: "detached" });
    await settings.choose("Chatbot");
    assert.equal(await page.inputValue("#set-title"), "Kept", "still there after looking elsewhere");

    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    assert.equal(await page.inputValue("#set-title"), "Kept");

    await page.unroute(`${parlor.address}/chatbot/api`);
    await settings.saveAll();
    assert.equal((await settings.saved()).title, "Kept");
    await page.fill("#set-title", "Thrown away");
    await page.click("a.settings-back");
    await leave.getByRole("button", { name: "Leave" }).click();
    await page.waitForURL(/\/messages$/);
    assert.equal((await settings.saved()).title, "Kept");
    await settings.at("chatbot");
    assert.equal(await page.inputValue("#set-title"), "Kept");
  },
);
