import assert from "node:assert/strict";
import { someone } from "../fixture.ts";
import { holdMessages, teamTest } from "./team_fixture.ts";

const vera = someone();

teamTest(
  "who looks at a conversation and who writes in it is said in the list and where one writes",
  async (fixture) => {
    const { asha, maya, portal, say, visitor } = fixture;
    await say(vera, "I am Vera");
    const ashas = await portal(asha), mayas = await portal(maya);
    await mayas.open("I am Vera");
    await ashas.page.waitForSelector('.room .face.looking[title="Maya is viewing"]');
    await ashas.open("I am Vera");
    await ashas.page.waitForSelector(".watch >> text=Maya is viewing");
    const before = (await visitor(vera)).frames.length;
    await mayas.page.locator(".mode-note").click();
    await mayas.page.keyboard.type("hm");
    await ashas.page.waitForSelector(".watch >> text=Maya is writing");
    await mayas.page.fill(".composer textarea", "");
    await ashas.page.waitForSelector(".watch >> text=Maya is viewing");
    const heard = (await visitor(vera)).frames.slice(before);
    assert.deepEqual(
      heard.filter(({ command }) => command === "typing"),
      [],
      "a note is not announced to the visitor",
    );
    await mayas.page.close();
    await ashas.page.waitForSelector(".watch >> text=Maya", { state: "detached", timeout: 30_000 });
  },
);

teamTest(
  "a reply that a colleague was quicker than is kept, and sent by a deliberate press",
  async (fixture) => {
    const { asha, maya, portal, say } = fixture;
    await say(vera, "I am Vera");
    const ashas = await portal(asha),
      mayas = await portal(maya, "", { prepare: (page) => holdMessages(page).then(({ hold }) => hold()) });
    await ashas.open("I am Vera");
    await mayas.open("I am Vera");
    const { page } = mayas, input = () => page.inputValue(".composer textarea");
    await ashas.write("Thursday works.");
    await ashas.shows((rows) => rows.at(-1)?.state === "Sent");
    await mayas.write("Friday works.");
    await page.waitForSelector(".overtaken >> text=/Not sent: .* answered first/");
    assert.equal(await input(), "Friday works.");
    await mayas.shows((rows) => rows.map(({ text }) => text).join() === "I am Vera,Thursday works.");
    // Enter alone does not send it.
    await page.press(".composer textarea", "Enter");
    assert.equal(await page.getAttribute(".send", "aria-disabled"), "true");
    assert.equal(await input(), "Friday works.");
    await page.getByRole("button", { name: "Send anyway" }).click();
    await ashas.shows((rows) => rows.at(-1)?.text === "Friday works.");
    await page.waitForSelector(".overtaken", { state: "detached" });
    assert.equal(await input(), "");
  },
);

teamTest("a reply that was overtaken is sent once it is changed, or discarded", async (fixture) => {
  const { asha, maya, portal, say } = fixture;
  await say(vera, "I am Vera");
  const ashas = await portal(asha),
    mayas = await portal(maya, "", { prepare: (page) => holdMessages(page).then(({ hold }) => hold()) });
  await ashas.open("I am Vera");
  await mayas.open("I am Vera");
  const { page } = mayas;
  await ashas.write("Thursday works.");
  await ashas.shows((rows) => rows.at(-1)?.state === "Sent");
  await mayas.write("Friday works.");
  await page.waitForSelector(".overtaken");
  await page.fill(".composer textarea", "Or Friday.");
  await page.press(".composer textarea", "Enter");
  await ashas.shows((rows) => rows.at(-1)?.text === "Or Friday.");
  await page.waitForSelector(".overtaken", { state: "detached" });
  // A visitor's text stops no reply.
  await say(vera, "both are fine");
  await mayas.write("Good.");
  await ashas.shows((rows) => rows.at(-1)?.text === "Good.");
  assert.equal(await page.locator(".overtaken").count(), 0);
});
