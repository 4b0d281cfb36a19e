import assert from "node:assert/strict";
import { someone } from "../fixture.ts";
import { choose, openList, railCount, shortcut, teamTest } from "./team_fixture.ts";

teamTest(
  "what is picked is assigned, labelled, snoozed and resolved at once, with a way back",
  async (fixture) => {
    const { asha, maya, portal, say, call } = fixture;
    const label = await call<{ id: string }>(asha, "POST /labels", { name: "Return", colour: "#c2476f" });
    for (const name of ["One", "Two", "Three", "Four"]) await say(someone(), `I am ${name}`);
    const driver = await portal(asha), mayas = await portal(maya), { page } = driver;
    await driver.lists((rooms) => rooms.length === 4);
    const boxes = page.locator(".pick input");
    await boxes.nth(0).check({ force: true });
    await boxes.nth(2).click({ force: true, modifiers: ["Shift"] });
    await page.waitForSelector(".bulk >> text=3 selected");
    await page.locator(".bulk").getByRole("button", { name: "Assign" }).click();
    await choose(driver, "Maya");
    await page.waitForSelector(".toast >> text=3 conversations changed");
    await mayas.until(() => railCount(mayas, "mine"), (n) => n === 3);
    await page.locator(".bulk").getByRole("button", { name: "Label" }).click();
    await choose(driver, "Return");
    await page.keyboard.press("Escape");
    await openList(mayas, `label:${label.id}`);
    await mayas.lists((rooms) => rooms.length === 3);
    await shortcut(driver, "e");
    await page.waitForSelector(".toast >> text=3 conversations resolved");
    await driver.lists((rooms) => rooms.length === 1);
    assert.equal(await page.locator(".bulk").count(), 0);
    await shortcut(driver, "z");
    await page.waitForSelector(".toast >> text=3 conversations reopened");
    await driver.lists((rooms) => rooms.length === 4);
    // By keys alone: x picks, Escape picks none.
    await page.locator(".rooms a.room").nth(1).focus();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.waitForSelector(".bulk >> text=2 selected");
    await page.keyboard.press("s");
    await choose(driver, "hour");
    await page.waitForSelector(".toast >> text=2 conversations snoozed");
    await driver.until(() => railCount(driver, "snoozed"), (n) => n === 2);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".bulk", { state: "detached" });
  },
);

teamTest("of many rooms those that could not be changed are named, with the reason", async (fixture) => {
  const { asha, portal, say, parlor } = fixture;
  const gone = await parlor.visit(asha, { name: "Gone Greta" });
  await (await parlor.chat(asha, gone.consumer, gone.token)).say("I am Greta");
  await say(someone(), "I am Vera");
  const driver = await portal(asha), { page } = driver;
  await driver.lists((rooms) => rooms.length === 2);
  // The page does not hear that one of them is deleted.
  await page.route("**/messages/api/rooms/bulk", async (route) => {
    await parlor.fetch(`/messages/api/rooms/${gone.consumer}`, {
      method: "DELETE",
      headers: { cookie: asha.cookie },
    });
    await route.continue();
  });
  await page.locator(".pick input").nth(0).check({ force: true });
  await page.locator(".bulk input").check();
  await page.waitForSelector(".bulk >> text=2 selected");
  await page.locator(".bulk").getByRole("button", { name: "Resolve" }).click();
  await page.waitForSelector(".toast[class*=bad] >> text=1 conversation resolved");
  await page.waitForSelector(".toast li");
});
