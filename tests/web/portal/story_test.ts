import assert from "node:assert/strict";
import { browse, browserTest } from "../../harness/browser.ts";
import { Parlor } from "../../harness/parlor.ts";
import { Site } from "../widget/site.ts";
import { unlimited, Visit } from "../widget/visit.ts";
import { PortalDriver } from "./portal_driver.ts";

browserTest("from sign-up to resolved: asha at her portal, vera at a shop on another port", async () => {
  await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
  await using site = Site.with(parlor, "asha");
  const [ashas, veras] = [await browse({ locale: "en-GB" }), await browse({ locale: "en-GB" })];
  await ashas.grantPermissions(["clipboard-read", "clipboard-write"], { origin: parlor.address });
  try {
    const driver = await PortalDriver.at(ashas, parlor.address);
    const { page } = driver;
    await driver.enter("asha", { isNew: true });
    await page.waitForSelector("text=Welcome, asha");

    await page.getByLabel("Title").fill("Asha's tea");
    await page.getByRole("radio", { name: "#7c3aed" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForSelector("text=Saved");
    await page.getByRole("button", { name: "Copy" }).click();
    const line = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(line, `<script async src="${parlor.address}/widget.js" data-admin="asha"></script>`);
    assert.equal(await page.textContent(".start-wait"), " Waiting for the first message…");

    const visit = await Visit.to(veras, site.address);
    const frame = await visit.open();
    assert.equal(await frame.textContent(".head h1"), "Asha's tea");
    await visit.write("Do you have oolong?");
    await page.getByRole("link", { name: "It works. Open the conversation" }).click();
    await driver.shows((rows) => rows[0]?.text === "Do you have oolong?");
    await visit.shows((rows) => rows[1]?.state === "Read");
    await driver.countsAre({ open: 1, unread: 0, resolved: 0, all: 1 });

    await page.keyboard.press("r");
    await page.keyboard.type("Yes, two kinds.");
    await frame.waitForSelector(".typing:visible");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("Which one?");
    await page.keyboard.press("Enter");
    await visit.shows((rows) => rows[2]?.text === "Yes, two kinds.\nWhich one?");
    await driver.shows((rows) => rows[1]?.state === "Read");

    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await page.waitForSelector("text=asha resolved this conversation");
    await frame.waitForSelector("text=Conversation resolved");
    await driver.countsAre({ open: 0, resolved: 1, all: 1 });
    await visit.write("The dark one");
    await driver.shows((rows) => rows.at(-1)?.text === "The dark one");
    await driver.countsAre({ open: 1, resolved: 0 });
    await page.getByRole("button", { name: "Resolve" }).click();
    await page.getByRole("button", { name: "Reopen" }).click();
    await page.waitForSelector("text=asha reopened this conversation");
    assert.deepEqual([driver.errors, visit.errors], [[], []]);
  } finally {
    await Promise.all([ashas.close(), veras.close()]);
  }
});

browserTest("the first conversation is in the list, however late its count comes", async () => {
  await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
  const context = await browse({ locale: "en-GB" });
  try {
    const driver = await PortalDriver.at(context, parlor.address);
    const { page } = driver;
    await driver.enter("asha", { isNew: true });
    await page.waitForSelector("text=Welcome, asha");
    await driver.countsAre({ open: 0, all: 0 });

    const { store } = parlor.running.service.chat;
    const count = store.roomCounts.bind(store), slow = Promise.withResolvers<void>();
    store.roomCounts = async (admin) => {
      await slow.promise;
      return await count(admin);
    };
    await (await parlor.chat({ username: "asha" }, crypto.randomUUID())).say("Do you have oolong?");
    await page.getByRole("link", { name: "It works. Open the conversation" }).click();
    await driver.shows((rows) => rows[0]?.text === "Do you have oolong?");
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/messages$/);
    await page.getByRole("heading", { name: "No conversation selected" }).waitFor();
    slow.resolve();
    await driver.countsAre({ open: 1, all: 1 });
    assert.deepEqual(driver.errors, []);
  } finally {
    await context.close();
  }
});
