import assert from "node:assert/strict";
import { portalTest, someone } from "./scene.ts";

const vera = someone(), victor = someone();

portalTest(
  "a key that is pressed right after a room was opened is about that room",
  async ({ desk }) => {
    await desk.open("I am Vera");
    const press = (key: string, after: string) =>
      desk.page.evaluate(async ([key, after]) => {
        const { done } = await new Promise<{ done: boolean }>((resolve) => {
          (document.querySelector(after) as HTMLElement).click();
          (document.activeElement as HTMLElement).blur();
          // Sooner than a frame is painted: as keys come on a machine that has much else to do.
          setTimeout(() => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            resolve({ done: !document.body.dispatchEvent(event) });
          });
        });
        return done;
      }, [key, after] as const);
    assert.equal(await press("e", `a.room[data-consumer="${victor}"]`), true);
    await desk.page.waitForSelector("text=asha resolved this conversation");
    assert.equal(await desk.page.textContent(".thread-inner .bubble"), "I am Victor");
    await desk.countsAre({ open: 1, resolved: 1 });
    assert.equal(await press("Escape", `a.room[data-consumer="${vera}"]`), true);
    await desk.page.waitForSelector("text=No conversation selected");
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
  async ({ desk }) => {
    const { page } = desk;
    await desk.open("I am Vera");
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
    await desk.shows((rows) => rows.at(-1)?.text === "にほんご");
  },
  { before: ({ say }) => say(vera, "I am Vera") },
);
