import assert from "node:assert/strict";
import { type PortalFixture, portalTest, someone } from "../fixture.ts";

const vera = someone();

async function fill({ parlor }: Pick<PortalFixture, "parlor">): Promise<void> {
  const { store } = parlor.running.service.chat;
  for (let i = 1; i <= 200; i++) {
    const text = {
      admin: "asha",
      consumer: vera,
      side: "visitor",
      kind: "text",
      content: `line ${i}`,
    } as const;
    await store.appendMessage({ ...text, at: 1e12 + i * 60_000 });
  }
}

portalTest(
  "a reply from within the history is in sight once it is written",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector(".row.found");
    // Simulates new messages arriving before the frame that reports the scroll position.
    await page.evaluate(() =>
      addEventListener("scroll", (event) => event.stopImmediatePropagation(), { capture: true })
    );
    await driver.write("a reply");
    await driver.shows((rows) => rows.at(-1)?.text === "a reply" && rows.at(-1)?.state === "Sent");
    await driver.until(
      () =>
        page.$eval(
          ".thread-scroll",
          ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
        ),
      (below) => below <= 24,
      3_000,
    );
  },
  { path: `/to/${vera}?at=5`, before: fill },
);

portalTest(
  "where no conversation is there is a way to the inbox, also on a phone",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("text=There is nothing here");
    await page.getByRole("link", { name: "Go to the inbox" }).click();
    await page.waitForSelector("a.room");
  },
  {
    path: `/to/${someone()}`,
    before: ({ say }) => say(vera, "hello"),
    browser: { viewport: { width: 390, height: 844 } },
  },
);

portalTest(
  "a conversation that could not be fetched is asked for again",
  async ({ driver }) => {
    const { page } = driver;
    await driver.countsAre({ all: 1 });
    await page.route("**/messages/api/rooms/*", (route) => route.abort());
    await page.evaluate((path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/messages/to/${someone()}`);
    await page.waitForSelector("[role=alert] >> text=That did not work");
    await page.unroute("**/messages/api/rooms/*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector("text=There is nothing here");
  },
  { before: ({ say }) => say(vera, "hello") },
);

portalTest("an address that is none leads to where one can go on", async ({ driver }) => {
  await driver.page.waitForSelector("text=There is nothing here");
  await driver.page.getByRole("link", { name: "Go to the inbox" }).click();
  await driver.page.waitForSelector(".start");
}, { path: "/to/%E0%A4" });

portalTest(
  "on a phone Escape leads from the composer back to the list",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("hello");
    await page.fill(".composer textarea", "half a sent");
    await page.keyboard.press("Escape");
    await page.waitForSelector("a.room:visible");
    assert.equal(new URL(page.url()).pathname, "/messages");
    await driver.open("hello");
    assert.equal(await page.inputValue(".composer textarea"), "half a sent");
  },
  { before: ({ say }) => say(vera, "hello"), browser: { viewport: { width: 390, height: 844 } } },
);

portalTest(
  "the key for a search goes back to the search that is open",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("mark");
    await page.focus("a.hit");
    await page.keyboard.press("/");
    await page.waitForSelector(".search-box input:focus");
    assert.equal(await page.inputValue(".search-box input"), "hello");
    assert.equal(new URL(page.url()).search, "?q=hello");
  },
  { path: "/search?q=hello", before: ({ say }) => say(vera, "hello") },
);

portalTest(
  "where the browser keeps nothing more a draft lasts as long as the page",
  async ({ driver, say }) => {
    const victor = someone(), { page } = driver;
    await say(victor, "I am Victor");
    await page.evaluate(() => {
      for (let size = 5_300_000; size > 0; size = Math.floor(size / 2)) {
        try {
          for (;;) localStorage.setItem(`full:${size}:${Math.random()}`, "x".repeat(size));
        } catch {
          // The storage quota is reached: try a smaller value.
        }
      }
    });
    await driver.open("hello");
    await page.fill(".composer textarea", "half a sent");
    await driver.open("I am Victor");
    assert.equal(await page.inputValue(".composer textarea"), "");
    await driver.open("hello");
    assert.equal(await page.inputValue(".composer textarea"), "half a sent");
    await page.press(".composer textarea", "Enter");
    await driver.open("I am Victor");
    await driver.open("half a sent");
    assert.equal(await page.inputValue(".composer textarea"), "");
  },
  { before: ({ say }) => say(vera, "hello") },
);
