import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const vera = someone();

portalTest(
  "a conversation is printed whole, on as many sheets as it needs",
  async ({ driver, parlor, asha }) => {
    const { page } = driver;
    const chat = await parlor.chat(asha, vera);
    for (let n = 1; n <= 60; n++) await chat.say(`Line number ${n} of what Vera says`);
    await driver.open("Line number 60");
    await page.locator(".thread-scroll").evaluate((element) => element.scrollTo(0, 0));
    await driver.shows((rows) => rows.length === 60);
    const pdf = new TextDecoder("latin1").decode(await page.pdf({ format: "A4" }));
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(sheets > 1 && sheets < 10, `${sheets} sheets`);
    await page.emulateMedia({ media: "print" });
    const seen = await page.$$eval(
      ".thread-inner .bubble",
      (bubbles) => bubbles.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length,
    );
    assert.equal(seen, 60);
    for (const hidden of [".inbox", ".composer", ".panel", ".resolve"]) {
      assert.equal(await page.locator(hidden).isVisible(), false, hidden);
    }
    assert.equal(await page.locator(".thread-who h1").isVisible(), true);
  },
);
