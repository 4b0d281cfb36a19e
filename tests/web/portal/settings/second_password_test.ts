import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { type Parlor, password } from "../../../harness/parlor.ts";
import { signedInAgo } from "../../../harness/signed_in_ago.ts";
import type { Keys } from "../keys.ts";
import { keysTest } from "./fixture.ts";

/** Sets the time of Asha's sign-in to an hour ago. */
async function anHourLater(parlor: Parlor, context: BrowserContext): Promise<void> {
  const { token } = await signedInAgo(parlor, "asha", 3_600_000);
  await context.addCookies([{ name: "parlor_session", value: token, url: parlor.address }]);
}

const field = "Current password";

/** Submits nothing, then a wrong password, then closes the dialog with Escape. */
async function mistype(keys: Keys): Promise<void> {
  await keys.isAt("textbox", field);
  await keys.press("Enter");
  await keys.page.waitForSelector("dialog #set-second_password[aria-invalid=true]");
  await keys.isAt("textbox", field);
  await keys.write("not it at all");
  await keys.press("Enter");
  await keys.page.locator("dialog").getByText("This is not your password").waitFor();
  await keys.isAt("textbox", field);
  await keys.press("Escape");
  await keys.page.waitForSelector("dialog", { state: "detached" });
}

keysTest(
  "by keys: an hour after the sign-in the account is deleted for the password alone",
  "account",
  async ({ keys, page, parlor, context }) => {
    const isThere = async () => (await parlor.fetch("/chatbot/api?username=asha")).status === 200;
    await anHourLater(parlor, context);
    await keys.fill("Type “asha” to confirm", "asha");
    await keys.enter("button", "Delete everything");
    await mistype(keys);
    await keys.isAt("button", "Delete everything");
    assert.ok(await isThere());
    await keys.press("Enter");
    await keys.isAt("textbox", field);
    await keys.write(password);
    await keys.enter("button", "Delete everything");
    await page.getByText("Your account was deleted, with everything in it.").waitFor();
    await keys.isAt("textbox", "Name");
    assert.ok(!await isThere());
  },
);

keysTest(
  "by keys: an hour after the sign-in an identity secret is made for the password alone",
  "identity",
  async ({ keys, page, parlor, context }) => {
    const isMade = async () =>
      await parlor.running.service.chat.store.kept("identity_secret asha") !== undefined;
    await anHourLater(parlor, context);
    const ask = async () => {
      await keys.to("button", "Make a new secret");
      await keys.press("Enter");
      await page.getByRole("dialog", { name: "Make a new secret?" }).waitFor();
      await keys.enter("button", "Make a new secret");
    };
    await ask();
    await mistype(keys);
    await keys.isAt("button", "Make a new secret");
    assert.ok(!await isMade());
    await ask();
    await keys.isAt("textbox", field);
    await keys.write(password);
    await keys.press("Enter");
    await page.waitForSelector("#set-secret");
    await keys.isAt("button", "Make a new secret");
    assert.ok(await isMade());
    assert.ok((await page.inputValue("#set-secret")).length > 20);
  },
);

keysTest(
  "by keys: an hour after the sign-in all conversations come for the password alone",
  "data",
  async ({ keys, page, parlor, context }) => {
    await anHourLater(parlor, context);
    await keys.enter("link", "Download all conversations");
    await mistype(keys);
    await keys.isAt("link", "Download all conversations");
    await keys.press("Enter");
    await keys.isAt("textbox", field);
    await keys.write(password);
    const [download] = await Promise.all([page.waitForEvent("download"), keys.press("Enter")]);
    assert.match(download.suggestedFilename(), /^parlor-asha-.*\.ndjson$/);
    assert.match(await Deno.readTextFile(await download.path()), /"content":"Do you have it in green\?"/);
    await keys.isAt("link", "Download all conversations");
  },
  async ({ say }) => await say(crypto.randomUUID(), "Do you have it in green?"),
);
