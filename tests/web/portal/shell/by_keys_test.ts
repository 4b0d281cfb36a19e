import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";
import { Keys } from "../keys.ts";
import { portalTest, type Setting, someone } from "../fixture.ts";

const vera = someone(), victor = someone();

/** A test of Asha's portal by keyboard only, at desktop width and on a phone; the focus is watched. */
function keysTest(
  name: string,
  play: (
    fixture: { keys: Keys; driver: PortalDriver; parlor: Parlor; isPhone: boolean; cookie: string },
  ) => Promise<void>,
  { path, before }: Pick<Setting, "path" | "before">,
): void {
  for (const width of [1280, 390]) {
    portalTest(`by keys: ${name}, ${width} px`, async ({ driver, parlor, asha }) => {
      await driver.page.waitForSelector("a.room, .search-box", { state: "attached" });
      const keys = await Keys.of(driver.page);
      await play({ keys, driver, parlor, isPhone: width < 760, cookie: asha.cookie });
      await keys.nothingWasWrong();
    }, { path, before, browser: { viewport: { width, height: 844 } } });
  }
}

for (const width of [1280, 390]) {
  browserTest(`by keys: through the door, the first steps, out and in again, ${width} px`, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const permissions = ["clipboard-read", "clipboard-write"];
    const context = await browse({ viewport: { width, height: 844 }, locale: "en-GB", permissions });
    try {
      const driver = await PortalDriver.at(context, parlor.address);
      const { page } = driver;
      await page.waitForSelector(".door-card");
      const keys = await Keys.of(page);
      await keys.isAt("textbox", "Name");
      await keys.enter("button", "Create account");
      await keys.isAt("textbox", "Name");
      await keys.write("asha");
      await keys.fill("Password", "correct horse battery");
      await keys.to("button", "Show password");
      await keys.press("Space");
      await keys.isAt("button", "Hide password");
      assert.equal(await page.getAttribute("[name=password]", "type"), "text");
      await keys.enter("button", "Create account");
      await page.waitForSelector(".steps .field");
      await keys.isSomewhere();

      await keys.fill("Title", "Asha's tea");
      await keys.to("radio", /^#/);
      await keys.press("ArrowRight");
      await keys.isAt("radio", "#1d4ed8");
      await keys.enter("button", "Save");
      await page.getByText("Saved", { exact: true }).waitFor();
      await keys.isAt("button", "Save");
      const { title, accent } = await (await parlor.fetch("/chatbot/api?username=asha")).json();
      assert.deepEqual({ title, accent }, { title: "Asha's tea", accent: "#1d4ed8" });
      await keys.enter("button", "Copy");
      await keys.isAt("button", "Copied");
      assert.match(await page.evaluate(() => navigator.clipboard.readText()), /data-admin="asha"/);
      await (await parlor.chat({ username: "asha" }, vera)).say("Do you have oolong?");
      await keys.enter("link", "It works. Open the conversation");
      await driver.shows((rows) => rows[0]?.text === "Do you have oolong?");
      await keys.isAt("main", "");

      if (width < 760) {
        await keys.enter("link", "Back");
        await keys.isAt("link", /Do you have oolong\?/);
      }
      await keys.back("button", "Menu");
      await keys.press("Enter");
      await keys.enter("button", "Sign out");
      await keys.isAt("textbox", "Name");
      await keys.write("asha");
      await keys.fill("Password", "not it");
      await keys.press("Enter");
      await page.getByText("Wrong name or password").waitFor();
      await keys.isAt("textbox", "Password");
      await keys.write("correct horse battery");
      await keys.press("Enter");
      await page.waitForSelector("a.room, .composer", { state: "attached" });
      await keys.nothingWasWrong();
      await keys.isSomewhere();
      assert.deepEqual(driver.errors, []);
    } finally {
      await context.close();
    }
  });
}

keysTest("a search, its further results and one that is opened", async ({ keys, driver }) => {
  await keys.enter("link", "Search");
  await keys.isAt("searchbox", "Search all messages");
  await driver.page.keyboard.type("oolong");
  const hits = () => driver.page.locator("a.hit").count();
  const more = driver.page.getByRole("button", { name: "More results" });
  await keys.to("button", "More results");
  for (let before = await hits(); await more.count() > 0; before = await hits()) {
    await keys.isAt("button", "More results");
    await keys.press("Enter");
    await driver.until(hits, (count) => count > before);
  }
  await keys.isAt("link", /oolong/);
  await keys.press("Enter");
  await driver.page.waitForSelector(".row.found");
  await keys.isAt("main", "");
  await keys.press("/");
  await keys.isAt("searchbox", "Search all messages");
  await keys.press("Escape");
  await keys.isAt("link", /oolong/);
}, {
  before: async ({ say }) => {
    for (let i = 1; i <= 60; i++) await say(vera, `oolong ${i}`);
  },
});

keysTest(
  "a visitor is blocked, let in again, and deleted with all messages",
  async ({ keys, driver, parlor, isPhone, cookie }) => {
    const { page } = driver;
    const blocked = async () =>
      (await (await parlor.fetch("/messages/api/blocked", { headers: { cookie } })).json()).blocked.length;
    await keys.to("link", /I am Vera/);
    await keys.press("Enter");
    await page.waitForSelector(".composer textarea");
    if (isPhone) await keys.isAt("main", "");
    await keys.to("button", "Visitor details");
    await keys.press("Enter");
    if (isPhone) {
      await keys.isAt("button", "Close");
      await keys.press("Escape");
      await keys.isAt("button", "Visitor details");
      await keys.press("Enter");
      await keys.isAt("button", "Close");
      await keys.press("Enter");
      await page.waitForSelector(".panel", { state: "detached" });
    } else {
      await page.waitForSelector(".panel", { state: "detached" });
    }
    await keys.isAt("button", "Visitor details");
    await keys.press("Enter");
    await keys.enter("button", "Block visitor");
    await page.getByRole("dialog").waitFor();
    await keys.press("Escape");
    await keys.isAt("button", "Block visitor");
    assert.equal(await blocked(), 0);
    await keys.press("Enter");
    await page.getByRole("dialog").waitFor();
    await keys.enter("button", "Block visitor");
    await keys.isAt("button", "Unblock visitor");
    assert.equal(await blocked(), 1);
    await keys.press("Enter");
    await keys.isAt("button", "Block visitor");
    assert.equal(await blocked(), 0);
    await keys.enter("button", "Delete visitor");
    await keys.enter("button", "Delete for good");
    await page.waitForURL(/\/messages$/);
    await keys.isAt("link", /I am Victor/);
    const answer = await parlor.fetch(`/messages/api/rooms/${vera}`, { headers: { cookie } });
    assert.equal(answer.status, 404);
    await driver.countsAre({ all: 1 });
  },
  {
    before: async ({ say }) => {
      await say(victor, "I am Victor");
      await say(vera, "I am Vera");
    },
  },
);

keysTest("the first stop leads past everything to the main part", async ({ keys }) => {
  await keys.to("link", "Skip to the main part");
  await keys.press("Enter");
  await keys.isAt("main", "");
}, { path: `/to/${vera}`, before: ({ say }) => say(vera, "I am Vera") });

keysTest("the question about notifications is answered, and the focus goes on below it", async (fixture) => {
  const { keys, driver, parlor, isPhone } = fixture;
  await (await parlor.chat({ username: "asha" }, victor)).say("Hello");
  await driver.page.waitForSelector(".ask");
  await keys.enter("button", "Not now");
  await keys.isAt("tab", /^Open/);
  assert.equal(await driver.page.locator(".ask").count(), 0);
  assert.equal(isPhone, driver.page.viewportSize()!.width < 760);
}, { before: ({ say }) => say(vera, "I am Vera") });

for (
  const [from, at] of [["a thread that is loaded at its beginning", 1], [
    "one that is loaded to its end",
    270,
  ]] as const
) {
  keysTest(`to the newest message of ${from}`, async ({ keys, driver }) => {
    await driver.page.waitForSelector(".row.found");
    await keys.enter("button", /new messages$/);
    await driver.page.locator(".bubble", { hasText: /^line 300$/ }).waitFor();
    await driver.page.waitForSelector(".jump", { state: "detached" });
    await keys.isAt("region", /^Messages with /);
  }, {
    path: `/to/${vera}?at=${at}`,
    before: async ({ say }) => {
      for (let i = 1; i <= 300; i++) await say(vera, `line ${i}`);
    },
  });
}

keysTest("a message that was not sent is sent again", async ({ keys, driver }) => {
  const letter = { content: "Yesterday's news", consumer: vera, at: Date.now() - 25 * 3600_000 };
  await driver.page.evaluate(
    ([id, text]) => localStorage.setItem(`parlor:asha:out:${id}`, text!),
    [crypto.randomUUID(), JSON.stringify(letter)] as const,
  );
  await driver.page.reload();
  await driver.page.waitForSelector(".refused");
  const again = await Keys.of(driver.page);
  await again.enter("button", "Try again");
  await driver.page.waitForSelector(".refused", { state: "detached" });
  await driver.shows((rows) => rows.at(-1)?.text === "Yesterday's news");
  await again.isAt("region", /^Messages with /);
  await again.nothingWasWrong();
  await keys.to("textbox", /./);
}, { path: `/to/${vera}`, before: ({ say }) => say(vera, "I am Vera") });
