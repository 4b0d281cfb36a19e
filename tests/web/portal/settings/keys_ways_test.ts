import assert from "node:assert/strict";
import { Keys } from "../keys.ts";
import { portalTest } from "../fixture.ts";
import { keysTest, Settings } from "./fixture.ts";

const sections = [
  "Install",
  "Business hours",
  "Identity",
  "Notifications",
  "Data",
  "Blocked visitors",
  "Account",
  "Chatbot",
];

for (const width of [1280, 390]) {
  const isPhone = width < 760;
  portalTest(
    `by keys: from the inbox to the settings, through all of them and back, ${width} px`,
    async (fixture) => {
      const { page } = fixture.driver;
      await page.waitForSelector("a.room");
      const keys = await Keys.of(page), settings = new Settings(fixture);
      await keys.enter("button", "Menu");
      await keys.isAt("link", "Settings");
      await keys.press("Enter");
      await settings.isThere();
      if (isPhone) await keys.isAt("link", "Chatbot");
      else await keys.isAt("heading", "Chatbot");
      for (const section of sections) {
        if (!isPhone) await keys.back("link", "Chatbot");
        await keys.enter("link", section);
        await keys.isAt("heading", section);
        await settings.isThere();
        if (!isPhone) continue;
        await keys.back("link", "Settings");
        await keys.press("Enter");
        await keys.isAt("link", section);
      }
      await keys.back("link", "Conversations");
      await keys.press("Enter");
      await page.waitForURL(/\/messages$/);
      await keys.isAt("link", /Hello/);
      await keys.nothingWasWrong();
    },
    {
      browser: { viewport: { width, height: 844 } },
      before: ({ say }) => say(crypto.randomUUID(), "Hello"),
    },
  );
}

/** Changes the title and follows the link out of the settings without saving. */
async function goOutUnsaved(keys: Keys, isPhone: boolean): Promise<void> {
  await keys.fill("Title", "Thrown away");
  if (isPhone) {
    await keys.back("link", "Settings");
    await keys.press("Enter");
    await keys.isAt("link", /^Chatbot/);
  }
  await keys.back("link", "Conversations");
}

keysTest(
  "by keys: whoever leaves with something unsaved is asked, and stays where the question came from",
  "chatbot",
  async ({ keys, page, saved, isPhone }) => {
    await goOutUnsaved(keys, isPhone);
    await keys.press("Enter");
    await keys.isAt("button", "Stay");
    for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
      await keys.press(key);
      const here = await keys.here();
      assert.ok(!here || ["Stay", "Leave"].includes(here.name), `${key} leads out to ${here?.name}`);
    }
    await keys.press("Escape");
    await keys.isAt("link", "Conversations");
    await keys.press("Enter");
    await keys.isAt("button", "Stay");
    await keys.press("Enter");
    await keys.isAt("link", "Conversations");
    assert.match(page.url(), /settings/);
    await keys.press("Enter");
    await keys.enter("button", "Leave");
    await page.waitForURL(/\/messages$/);
    await keys.isAt("link", /Hello/);
    assert.equal((await saved()).title, "Chat with us");
  },
  ({ say }) => say(crypto.randomUUID(), "Hello"),
);

keysTest(
  "by keys: a question that was just answered can come again at once",
  "chatbot",
  async ({ keys, page, isPhone }) => {
    await goOutUnsaved(keys, isPhone);
    for (const answer of ["Escape", "Enter"]) {
      await keys.press("Enter");
      await keys.isAt("button", "Stay");
      // Activates the element on focusin, before the browser fires its own event, as a fast user may.
      await page.evaluate(() => {
        const press = (event: Event) => (event.target as HTMLElement).click();
        addEventListener("focusin", press, { capture: true, once: true });
      });
      await keys.press(answer);
      await page.waitForTimeout(200);
      await keys.isAt("button", "Stay");
      await keys.press("Escape");
      await keys.isAt("link", "Conversations");
    }
  },
);

keysTest(
  "by keys: a list that does not come is asked for again, and the focus goes on from its heading",
  "blocked",
  async ({ keys, page, parlor, isPhone }) => {
    if (isPhone) {
      await keys.back("link", "Settings");
      await keys.press("Enter");
      await keys.isAt("link", "Blocked visitors");
    }
    const path = `${parlor.address}/messages/api/sessions`;
    await page.route(path, (route) => route.abort());
    await keys.enter("link", "Account");
    await keys.to("button", "Try again");
    await page.unroute(path);
    await keys.press("Enter");
    await page.waitForSelector(".set-list li");
    await keys.isAt("heading", "Account");
  },
);
