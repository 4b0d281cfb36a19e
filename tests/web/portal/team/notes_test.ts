import assert from "node:assert/strict";
import type { Page, WebSocketRoute } from "playwright-core";
import { someone } from "../fixture.ts";
import { railCount, shortcut, teamTest } from "./team_fixture.ts";

const vera = someone(), victor = someone();

teamTest("a note is seen by the team where it was written, and never by the visitor", async (fixture) => {
  const { asha, maya, portal, say, visitor } = fixture;
  await say(vera, "Is it waterproof?");
  const ashas = await portal(asha), mayas = await portal(maya);
  await ashas.open("Is it waterproof?");
  await mayas.open("Is it waterproof?");
  await shortcut(ashas, "n");
  const { page } = ashas;
  await page.waitForSelector(".composer.is-note");
  assert.equal(await page.locator(".send").textContent(), "Add note");
  // A colleague is completed at the cursor; the text around it stays.
  await page.keyboard.type("Ask @may");
  await page.waitForSelector('.completions [aria-selected="true"] >> text=Maya');
  await page.keyboard.press("Enter");
  await page.keyboard.type("please");
  assert.equal(await page.inputValue(".composer textarea"), "Ask @Maya please");
  await page.keyboard.press("Enter");
  await page.waitForSelector('.note[data-staff] strong:text("@Maya")');
  await mayas.page.waitForSelector(".note >> text=Ask @Maya please");
  await mayas.page.waitForSelector(".note b:text('Note from')");
  // What is written next goes to the visitor, as the words, the colour and the button say.
  assert.equal(await page.locator(".composer.is-note").count(), 0);
  await ashas.write("It is not.");
  await ashas.shows((rows) => rows.at(-1)?.text === "It is not.");
  const order = await page.$$eval(
    ".thread-inner :is(.bubble, .note)",
    (all) => all.map((one) => one.classList.contains("note") ? "note" : one.firstChild?.textContent),
  );
  assert.deepEqual(order, ["Is it waterproof?", "note", "It is not."]);
  const { frames } = await visitor(vera);
  assert.equal(frames.some((frame) => JSON.stringify(frame).includes("please")), false);
  assert.equal(frames.filter(({ command, typing }) => command === "typing" && typing).length <= 1, true);
  await mayas.until(() => railCount(mayas, "mentions"), (n) => n === 1);
});

teamTest(
  "a reply and a note of the same conversation are two drafts, and those of another are others",
  async (fixture) => {
    const { asha, portal, say } = fixture;
    await say(vera, "I am Vera");
    await say(victor, "I am Victor");
    const driver = await portal(asha), { page } = driver;
    const text = () => page.inputValue(".composer textarea");
    await driver.open("I am Vera");
    await page.fill(".composer textarea", "a reply");
    await shortcut(driver, "n");
    await driver.until(text, (now) => now === "");
    await page.fill(".composer textarea", "a note");
    await driver.open("I am Victor");
    await driver.until(text, (now) => now === "");
    assert.equal(await page.locator(".composer.is-note").count(), 0, "a room opens for a reply");
    await page.reload();
    await driver.open("I am Vera");
    await driver.until(text, (now) => now === "a reply");
    await page.locator(".mode-note").click();
    await driver.until(text, (now) => now === "a note");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".note >> text=a note");
    await driver.until(text, (now) => now === "a reply");
  },
);

teamTest("a note that is written while the connection is lost is stored once it is back", async (fixture) => {
  const { asha, maya, portal, say } = fixture;
  await say(vera, "I am Vera");
  let isCut = false;
  const sockets: WebSocketRoute[] = [];
  const prepare = (page: Page) =>
    page.routeWebSocket(/\/ws\/room\//, (socket) => {
      if (isCut) return void socket.close({ code: 1012 });
      socket.connectToServer();
      sockets.push(socket);
    });
  const ashas = await portal(asha, "", { prepare }), mayas = await portal(maya);
  await ashas.open("I am Vera");
  await mayas.open("I am Vera");
  isCut = true;
  for (const socket of sockets) await socket.close({ code: 1012 });
  await ashas.page.waitForSelector(".cut-lines .cut-line");
  await shortcut(ashas, "n");
  await ashas.page.keyboard.type("still here");
  await ashas.page.keyboard.press("Enter");
  await ashas.page.waitForSelector(".note.sending >> text=still here");
  assert.equal(await mayas.page.locator(".note").count(), 0);
  isCut = false;
  await ashas.page.waitForSelector(".note[data-staff] >> text=still here", { timeout: 45_000 });
  await mayas.page.waitForSelector(".note[data-staff] >> text=still here");
  assert.equal(await ashas.page.locator(".note", { hasText: "still here" }).count(), 1);
});

teamTest(
  "a canned reply is inserted at the cursor, filled in, and what it asks for before it is sent",
  async (fixture) => {
    const { asha, portal, say, call, parlor } = fixture;
    const text = "your {{ask:Order number}} leaves today, {{visitor.name|friend}}. {{agent.name}}";
    await call(asha, "POST /canned", { code: "ship", title: "Leaves today", text, scope: "all" });
    await say(vera, "Where is it?");
    const { consumer, token } = await parlor.visit(asha, { name: "Ada" });
    await (await parlor.chat(asha, consumer, token)).say("I am Ada");
    const driver = await portal(asha), { page } = driver;
    await driver.open("I am Ada");
    await page.click(".composer textarea");
    await page.keyboard.type("Hello,  Bye.");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("/sh");
    await page.waitForSelector('.completions [aria-selected="true"] >> text=Leaves today');
    await page.keyboard.press("Tab");
    const input = () => page.inputValue(".composer textarea");
    const name = (await call<{ members: { role: string; name: string }[] }>(asha, "GET /members")).members
      .find(({ role }) => role === "owner")!.name;
    assert.equal(await input(), `Hello, your ⟦Order number⟧ leaves today, Ada. ${name} Bye.`);
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Fill in: Order number");
    assert.equal((await driver.rows()).length, 1, "nothing was sent");
    // The gap is selected: typing fills it in.
    await page.keyboard.type("P-5439");
    await page.keyboard.press("Enter");
    await driver.shows((rows) => rows.at(-1)?.text === `Hello, your P-5439 leaves today, Ada. ${name} Bye.`);
    // Without a name the fallback stands, and Escape closes the list without inserting.
    await driver.open("Where is it?");
    await page.click(".composer textarea");
    await page.keyboard.type("/ship");
    await page.waitForSelector(".completions");
    await page.keyboard.press("Escape");
    assert.equal(await input(), "/ship");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    assert.match(await input(), /leaves today, friend\./);
  },
);
