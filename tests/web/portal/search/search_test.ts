import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

portalTest(
  "who goes on before a search has begun is not brought back to it",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("a.room");
    await page.keyboard.press("/");
    await page.keyboard.type("hel");
    await page.keyboard.press("Escape");
    await page.waitForSelector("text=No conversation selected");
    await page.waitForTimeout(500);
    assert.equal(new URL(page.url()).pathname, "/messages");
  },
  { before: ({ say }) => say(someone(), "hello") },
);

portalTest(
  "a search stands in its address: reloaded, it is asked again",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("mark");
    assert.equal(await page.inputValue(".search-box input"), "hello");
    await page.fill(".search-box input", "good");
    await page.waitForSelector("mark:text-is('good')");
    assert.equal(new URL(page.url()).search, "?q=good");
  },
  {
    path: "/search?q=hello",
    before: async ({ say }) => {
      await say(someone(), "hello");
      await say(someone(), "good morning");
    },
  },
);
