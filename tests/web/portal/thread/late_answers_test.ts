import assert from "node:assert/strict";
import { PortalDriver } from "../portal_driver.ts";
import { holdBack } from "../hold_back.ts";
import { portalTest, someone } from "../fixture.ts";

const vera = someone(), victor = someone();
const both = {
  before: async ({ say }: { say(consumer: string, text: string): Promise<void> }) => {
    await say(vera, "I am Vera");
    await say(victor, "I am Victor");
  },
};

portalTest(
  "that a visitor has been deleted brings nobody back from another conversation",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("I am Vera");
    await page.getByRole("button", { name: "Delete visitor" }).click();
    const deleting = await holdBack(page, "DELETE", "**/messages/api/rooms/*");
    await page.getByRole("button", { name: "Delete for good" }).click();
    await deleting.made;
    await page.keyboard.press("Escape");
    await driver.open("I am Victor");
    await page.fill(".composer textarea", "Dear Victor");
    await deleting.goOn();
    await driver.lists((rooms) => rooms.length === 1);
    assert.equal(new URL(page.url()).pathname, `/messages/to/${victor}`);
    await page.keyboard.type(", hello");
    assert.equal(await page.inputValue(".composer textarea"), "Dear Victor, hello");
  },
  both,
);

portalTest(
  "an answer to one question leaves the next question open",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("I am Vera");
    await page.getByRole("button", { name: "Block visitor" }).click();
    const blocking = await holdBack(page, "POST", "**/messages/api/blocked");
    await page.getByRole("dialog").getByRole("button", { name: "Block visitor" }).click();
    await blocking.made;
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete visitor" }).click();
    await blocking.goOn();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await driver.lists((rooms) => rooms.length === 1);
  },
  both,
);

portalTest(
  "signed out elsewhere while something is asked, the door goes on saying so",
  async ({ driver, parlor, asha }) => {
    const { page } = driver;
    const asking = await holdBack(page, "GET", "**/messages/api/rooms/*");
    await driver.open("I am Vera");
    await asking.made;
    await parlor.post("/accounts/api/logout", { everywhere: true }, { cookie: asha.cookie });
    await page.waitForSelector("text=You were signed out");
    await asking.goOn();
    assert.ok(await page.isVisible("text=You were signed out"));
  },
  both,
);

portalTest(
  "who chose Arabic and thought better of it reads English, whichever comes first",
  async ({ driver }) => {
    const { page } = driver;
    await page.waitForSelector("a.room");
    const arabic = await holdBack(page, "GET", "**/part-*.js");
    await page.getByRole("button", { name: "Menu" }).click();
    await page.selectOption(".menu-item:has(option[value=ar]) select", "ar");
    await arabic.made;
    await page.selectOption(".menu-item:has(option[value=ar]) select", "en");
    await arabic.goOn();
    assert.equal(await page.getAttribute("html", "lang"), "en");
    await page.waitForSelector("text=No conversation selected");
  },
  both,
);

portalTest(
  "what could not be undone is said",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("I am Vera");
    await page.getByRole("button", { name: "Block visitor" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Block visitor" }).click();
    await page.waitForSelector(".thread-who >> text=Blocked");
    await page.route("**/messages/api/blocked/*", (route) => route.abort());
    await page.getByRole("button", { name: "Unblock visitor" }).click();
    await page.waitForSelector("#visitor-panel [role=alert] >> text=That did not work");
    await page.unroute("**/messages/api/blocked/*");
    await page.getByRole("button", { name: "Unblock visitor" }).click();
    await page.waitForSelector(".thread-who >> text=Offline");
    await page.waitForSelector("#visitor-panel [role=alert]", { state: "detached" });
  },
  both,
);

portalTest(
  "a language that is chosen in one tab is spoken in the other",
  async ({ driver, context, parlor, asha }) => {
    const other = await PortalDriver.of(context, parlor.address, asha);
    await other.page.waitForSelector("text=No conversation selected");
    await driver.page.getByRole("button", { name: "Menu" }).click();
    await driver.page.selectOption(".menu-item:has(option[value=ar]) select", "ar");
    for (const { page } of [driver, other]) await page.waitForSelector("html[lang=ar][dir=rtl]");
    await driver.page.selectOption(".menu-item:has(option[value=ar]) select", "en");
    for (const { page } of [driver, other]) await page.waitForSelector("text=No conversation selected");
    assert.deepEqual(other.errors, []);
  },
  both,
);
