import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const vera = someone(), victor = someone();

portalTest(
  "a key that is pressed right after a room was opened is about that room",
  async ({ driver }) => {
    await driver.open("I am Vera");
    const press = (key: string, after: string) =>
      driver.page.evaluate(async ([key, after]) => {
        const { done } = await new Promise<{ done: boolean }>((resolve) => {
          (document.querySelector(after) as HTMLElement).click();
          (document.activeElement as HTMLElement).blur();
          // Before the next frame is painted, as keys arrive on a loaded machine.
          setTimeout(() => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            resolve({ done: !document.body.dispatchEvent(event) });
          });
        });
        return done;
      }, [key, after] as const);
    assert.equal(await press("e", `a.room[data-consumer="${victor}"]`), true);
    await driver.page.waitForSelector("text=asha resolved this conversation");
    assert.equal(await driver.page.textContent(".thread-inner .bubble"), "I am Victor");
    await driver.countsAre({ open: 1, resolved: 1 });
    assert.equal(await press("Escape", `a.room[data-consumer="${vera}"]`), true);
    await driver.page.waitForSelector("text=No conversation selected");
  },
  {
    before: async ({ say }) => {
      await say(vera, "I am Vera");
      await say(victor, "I am Victor");
    },
  },
);

portalTest(
  "an Enter that ends a word of an input method sends nothing, however the browser names it",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("I am Vera");
    await page.fill(".composer textarea", "にほんご");
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const isLeft = await page.$eval(
        ".composer textarea",
        (input, init) =>
          input.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }),
          ),
        init,
      );
      assert.ok(isLeft, `${JSON.stringify(init)} is left to the browser`);
    }
    assert.equal(await page.inputValue(".composer textarea"), "にほんご");
    await page.press(".composer textarea", "Enter");
    await driver.shows((rows) => rows.at(-1)?.text === "にほんご");
  },
  { before: ({ say }) => say(vera, "I am Vera") },
);

portalTest(
  "single keys are meant by their letter where it is a Latin one, else by where they lie",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("a.room");
    const press = (init: { key: string; code: string }) =>
      page.evaluate((init) => {
        (document.activeElement as HTMLElement).blur();
        return !document.body.dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }),
        );
      }, init);
    const next = [
      ...[{ key: "j", code: "KeyJ" }, { key: "J", code: "KeyJ" }, { key: "j", code: "KeyC" }],
      ...[{ key: "о", code: "KeyJ" }, { key: "О", code: "KeyJ" }, { key: "ت", code: "KeyJ" }],
      ...[{ key: "ξ", code: "KeyJ" }, { key: "ｊ", code: "KeyJ" }],
    ];
    for (const init of next) {
      assert.equal(await press(init), true, JSON.stringify(init));
      assert.ok(await page.evaluate(() => document.activeElement?.matches("a.room")), JSON.stringify(init));
    }
    // On Dvorak, the key in the position of "j" is "h"; on AZERTY, the one in the position of "/" is another
    // sign.
    for (const init of [{ key: "h", code: "KeyJ" }, { key: "!", code: "Slash" }]) {
      assert.equal(await press(init), false, JSON.stringify(init));
    }
    // The Arabic question mark is accepted, regardless of earlier keys.
    assert.equal(await press({ key: "؟", code: "Slash" }), true);
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    await page.locator("a.room").first().click();
    for (
      const [init, back] of [[{ key: "к", code: "KeyR" }, true], [{ key: "R", code: "KeyR" }, true]] as const
    ) {
      assert.equal(await press(init), back);
      await page.waitForSelector(".composer textarea:focus");
    }
    assert.equal(await press({ key: "о", code: "KeyJ" }), true);
    assert.equal(await press({ key: ".", code: "Slash" }), true);
    await page.waitForSelector(".search-box input:focus");
  },
  {
    before: async ({ say }) => {
      await say(vera, "I am Vera");
      await say(victor, "I am Victor");
    },
  },
);

portalTest(
  "of a conversation nothing is copied that is not seen",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("I am Vera");
    await driver.write("Your parcel is A-1042");
    await driver.shows((rows) => rows.at(-1)?.state === "Sent");
    const copied = await page.evaluate(() => {
      getSelection()!.selectAllChildren(document.querySelector(".thread-inner")!);
      return String(getSelection());
    });
    assert.match(copied, /I am Vera[^]*A-1042/);
    assert.doesNotMatch(copied, /Sent|Read/);
  },
  { before: ({ say }) => say(vera, "I am Vera") },
);
