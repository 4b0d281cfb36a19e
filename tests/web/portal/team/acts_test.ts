import assert from "node:assert/strict";
import { someone } from "../fixture.ts";
import { choose, namesIn, openList, railCount, shortcut, teamTest } from "./team_fixture.ts";

const vera = someone(), victor = someone();

teamTest(
  "a conversation is taken, assigned and put back by keys, and everybody's lists follow",
  async ({ asha, maya, portal, say }) => {
    await say(vera, "I am Vera");
    await say(victor, "I am Victor");
    const ashas = await portal(asha), mayas = await portal(maya);
    await mayas.until(() => railCount(mayas, "unassigned"), (n) => n === 2);
    await openList(mayas, "unassigned");
    await mayas.until(() => mayas.rooms(), (rooms) => rooms.length === 2);
    await ashas.open("I am Vera");
    await shortcut(ashas, "a");
    await choose(ashas, "Maya");
    await ashas.page.waitForSelector(".event >> text=You assigned Maya");
    // The room leaves the list of the unassigned at once, and is in maya's own.
    await mayas.until(() => mayas.rooms(), (rooms) => rooms.length === 1 && rooms[0]!.last === "I am Victor");
    await mayas.until(() => railCount(mayas, "mine"), (n) => n === 1);
    await openList(mayas, "mine");
    await mayas.lists((rooms) => rooms.length === 1 && rooms[0]!.last === "I am Vera");
    assert.equal(
      await mayas.page.locator(".rooms .face:not(.looking)").count(),
      0,
      "in Mine the own face is left out",
    );
    await openList(ashas, "open");
    await ashas.page.waitForSelector('.room .face[title="Assigned to Maya"]');
    await mayas.open("I am Vera");
    await mayas.page.waitForSelector(".event >> text=/^Agent .* assigned Maya/");
    await shortcut(mayas, "a");
    await choose(mayas, "Nobody");
    await mayas.until(() => railCount(mayas, "unassigned"), (n) => n === 2);
    await mayas.until(() => railCount(mayas, "mine"), (n) => n === 0);
  },
);

teamTest(
  "resolving goes on to the next conversation, and Undo brings the last one back",
  async ({ asha, portal, say }) => {
    for (const name of ["One", "Two", "Three"]) await say(someone(), `I am ${name}`);
    const driver = await portal(asha), { page } = driver;
    const shown = () => page.textContent(".thread-inner .bubble");
    await driver.lists((rooms) => rooms.length === 3);
    await driver.open("I am Three");
    await shortcut(driver, "e");
    await driver.until(shown, (text) => text?.startsWith("I am Two") ?? false);
    await driver.lists((rooms) => rooms.length === 2);
    await page.waitForSelector(".toast >> text=Resolved");
    await shortcut(driver, "z");
    await driver.lists((rooms) => rooms.some(({ last }) => last.startsWith("Reopened")));
    await page.waitForSelector(".toast", { state: "detached" });
    // At the end of the list the one before it follows; then there is nothing left.
    await driver.open("I am One");
    await page.locator(".resolve").click();
    await driver.until(shown, (text) => text?.startsWith("I am Two") ?? false);
    await page.locator(".toast button").click();
    await driver.lists((rooms) => rooms.length === 3);
  },
);

teamTest("a label is put on and taken off, and its list holds what has it", async (fixture) => {
  const { asha, maya, portal, say, call } = fixture;
  const label = await call<{ id: string }>(asha, "POST /labels", { name: "Delivery", colour: "#3b6fd4" });
  await say(vera, "I am Vera");
  await say(victor, "I am Victor");
  const ashas = await portal(asha), mayas = await portal(maya);
  await openList(mayas, `label:${label.id}`);
  await mayas.page.waitForSelector("text=Nothing here.");
  await ashas.open("I am Vera");
  await shortcut(ashas, "l");
  await choose(ashas, "Deli");
  await ashas.page.waitForSelector('.palette [aria-selected="true"] >> text=Delivery');
  await ashas.page.keyboard.press("Escape");
  await ashas.page.waitForSelector(".event >> text=You added Delivery");
  await ashas.page.waitForSelector(".room-props >> text=Delivery");
  await mayas.lists((rooms) => rooms.length === 1 && rooms[0]!.last === "I am Vera");
  await mayas.page.waitForSelector('.room .row-labels[title="Delivery"]');
  await shortcut(ashas, "l");
  await choose(ashas, "Deli");
  await mayas.page.waitForSelector("text=Nothing here.");
});

teamTest("a snooze takes a conversation out of the open lists until its visitor writes", async (fixture) => {
  const { asha, maya, portal, say } = fixture;
  await say(vera, "I am Vera");
  await say(victor, "I am Victor");
  const ashas = await portal(asha), mayas = await portal(maya);
  await mayas.lists((rooms) => rooms.length === 2);
  await ashas.open("I am Vera");
  await shortcut(ashas, "s");
  await choose(ashas, "they write");
  await mayas.lists((rooms) => rooms.length === 1);
  await mayas.until(() => railCount(mayas, "snoozed"), (n) => n === 1);
  await openList(mayas, "snoozed");
  await mayas.lists((rooms) => rooms.length === 1 && rooms[0]!.last === "I am Vera");
  await say(vera, "one more thing");
  await mayas.page.waitForSelector("text=Nothing is snoozed.");
  await openList(mayas, "open");
  await mayas.lists((rooms) => rooms.some(({ last }) => last === "one more thing"));
  // A time that is past is not taken.
  await openList(ashas, "open");
  await ashas.open("one more thing");
  await shortcut(ashas, "s");
  await ashas.page.waitForSelector("#snooze-own");
  await ashas.page.fill("#snooze-own", "2020-01-01T10:00");
  await ashas.page.$eval(".palette-own", (form) => (form as HTMLFormElement).noValidate = true);
  await ashas.page.locator(".palette-own button").click();
  await ashas.page.waitForSelector(".palette [role=alert] >> text=That time is past");
  await ashas.page.keyboard.press("Escape");
  // Undo ends the snooze that was just begun.
  await shortcut(ashas, "s");
  await choose(ashas, "hour");
  await ashas.page.waitForSelector(".toast >> text=Snoozed");
  await ashas.until(() => railCount(ashas, "snoozed"), (n) => n === 1);
  await shortcut(ashas, "z");
  await ashas.until(() => railCount(ashas, "snoozed"), (n) => n === 0);
});

teamTest("a conversation that is made unread is left, and unread for everybody", async (fixture) => {
  const { asha, maya, portal, say } = fixture;
  await say(vera, "I am Vera");
  const ashas = await portal(asha), mayas = await portal(maya);
  await ashas.open("I am Vera");
  await mayas.lists(([room]) => room?.unread === 0);
  await shortcut(ashas, "u");
  await mayas.lists(([room]) => room?.unread === 1);
  await ashas.lists(([room]) => room?.unread === 1);
  assert.equal(await ashas.page.locator(".composer").count(), 0);
});

teamTest(
  "what waits longest comes first where that order is chosen, and an answer ends the wait",
  async (fixture) => {
    const { asha, portal, say } = fixture;
    await say(vera, "first");
    await say(victor, "second");
    await say(vera, "first again");
    const driver = await portal(asha);
    await openList(driver, "waiting");
    const lasts = async () => (await driver.rooms()).map(({ last }) => last);
    await driver.until(lasts, (all) => all.join() === "second,first again");
    await driver.page.locator(".sort").click();
    await driver.until(lasts, (all) => all.join() === "first again,second");
    await driver.open("first again");
    await driver.write("here I am");
    await openList(driver, "waiting");
    await driver.page.keyboard.press("Escape");
    await driver.until(lasts, (all) => all.join() === "second");
    assert.equal(await namesIn(driver).then((names) => names.length), 1);
    await driver.until(() => railCount(driver, "waiting"), (n) => n === 1);
  },
);
