import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const vera = someone();

const inSight = (text: string) =>
  `(() => {
    const one = [...document.querySelectorAll(".thread-inner .bubble")].findLast((b) => b.textContent.includes(${
    JSON.stringify(text)
  }));
    const box = document.querySelector(".thread-scroll").getBoundingClientRect(), at = one?.getBoundingClientRect();
    return at !== undefined && at.top >= box.top - 1 && at.bottom <= box.bottom + 1;
  })()`;

for (const kind of ["lines", "a paragraph that wraps"]) {
  portalTest(
    `while one writes ${kind} what one answers stays in sight, and so does one's own message after Enter`,
    async ({ driver, parlor, asha }) => {
      const { page } = driver;
      const chat = await parlor.chat(asha, vera);
      for (let n = 1; n <= 40; n++) await chat.say(`Line number ${n}`);
      await driver.open("Line number 40");
      await driver.shows((rows) => rows.at(-1)?.text === "Line number 40");
      await driver.until(() => page.evaluate(inSight("Line number 40")), (seen) => seen === true);
      await page.click(".composer textarea");
      for (let line = 1; line <= 5; line++) {
        await page.keyboard.type(
          kind === "lines" ? `row ${line}` : "words that wrap after a while ".repeat(4),
        );
        if (kind === "lines") await page.keyboard.press("Shift+Enter");
        await driver.until(() => page.evaluate(inSight("Line number 40")), (seen) => seen === true);
      }
      assert.equal(await page.locator(".jump").count(), 0);
      await chat.say("And one more thing");
      await driver.until(() => page.evaluate(inSight("And one more thing")), (seen) => seen === true);
      await page.keyboard.type("the end of it");
      await page.keyboard.press("Enter");
      await driver.shows((rows) =>
        /the end of it/.test(rows.at(-1)?.text ?? "") && rows.at(-1)?.state === "Sent"
      );
      await driver.until(() => page.evaluate(inSight("the end of it")), (seen) => seen === true);
      assert.equal(await page.locator(".jump").count(), 0);
    },
  );
}

portalTest(
  "who writes while looking at earlier messages sees the own one after Enter",
  async ({ driver, parlor, asha }) => {
    const { page } = driver;
    const chat = await parlor.chat(asha, vera);
    for (let n = 1; n <= 40; n++) await chat.say(`Line number ${n}`);
    await driver.open("Line number 40");
    await driver.shows((rows) => rows.length === 40);
    await page.locator(".thread-scroll").evaluate((element) => element.scrollTo(0, 0));
    await page.waitForSelector(".jump");
    await driver.write("from above");
    await driver.until(() => page.evaluate(inSight("from above")), (seen) => seen === true);
  },
);
