import assert from "node:assert/strict";
import { type PortalFixture, portalTest, someone } from "../fixture.ts";

const uma = someone(), pia = someone();

/**
 * Simulates a page translator: wraps each text in its own elements, and replaces the text if `isReplaced`.
 */
function translate({ driver }: PortalFixture, isReplaced: boolean): Promise<void> {
  return driver.page.evaluate((isReplaced) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes: Text[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    for (
      const node of nodes.filter((node) => node.data.trim() !== "" && !node.parentElement!.closest("font"))
    ) {
      const outer = document.createElement("font"), inner = document.createElement("font");
      node.replaceWith(outer);
      outer.append(inner);
      if (isReplaced) inner.textContent = `«${node.data}»`;
      else inner.append(node);
    }
  }, isReplaced);
}

for (const isReplaced of [false, true]) {
  portalTest(
    `a portal whose texts were ${
      isReplaced ? "replaced" : "wrapped"
    } by a translator goes on showing what is`,
    async (fixture) => {
      const { driver, say, parlor, asha } = fixture;
      const { page } = driver;
      const heading = () => page.textContent(".thread-who h1");
      const nameOf = (name: string) => parlor.visit(asha, { name, consumer: undefined });
      const [u, p] = [await nameOf("Uma"), await nameOf("Pia")];
      const chat = await parlor.chat(asha, u.consumer, u.token);
      await chat.say("I am the first");
      await (await parlor.chat(asha, p.consumer, p.token)).say("I am the second");
      await say(uma, "somebody else");
      await driver.lists((rooms) => rooms.length === 3);
      await driver.open("I am the first");
      assert.equal(await heading(), "Uma");
      await translate(fixture, isReplaced);
      await driver.page.locator(`a.room[data-consumer="${p.consumer}"]`).click();
      await driver.until(heading, (name) => name === "Pia");
      await translate(fixture, isReplaced);
      await say(pia, "one more");
      await say(uma, "a new line");
      await driver.lists((rooms) => rooms.some(({ last }) => last === "a new line"));
      await driver.until(() => driver.counts(), ({ open }) => open === 4);
      await driver.page.locator(`a.room[data-consumer="${u.consumer}"]`).click();
      await driver.until(heading, (name) => name === "Uma");
      await translate(fixture, isReplaced);
      await page.locator("button.resolve").click();
      await driver.until(() => page.textContent("button.resolve"), (text) => text === "Reopen");
      await driver.until(() => driver.counts(), ({ open, resolved }) => open === 3 && resolved === 1);
      await translate(fixture, isReplaced);
      const presence = () => page.textContent(".thread-who p");
      await chat.say("I am still here");
      await driver.until(() => page.textContent("button.resolve"), (text) => text === "Resolve");
      await translate(fixture, isReplaced);
      chat.close();
      await driver.until(presence, (text) => text === "Offline");
      await driver.write("an answer");
      await driver.shows((rows) => rows.at(-1)?.text === "an answer" && rows.at(-1)?.state === "Sent");
      await translate(fixture, isReplaced);
      await page.getByRole("button", { name: "Menu" }).click();
      await page.locator(".menu select").nth(1).selectOption("ar");
      await driver.until(() => page.textContent("button.resolve"), (text) => text === "حل");
    },
  );
}
