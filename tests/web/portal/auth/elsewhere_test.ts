import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";
import { Elsewhere } from "./elsewhere.ts";
import { someone } from "../fixture.ts";

browserTest("a portal on an origin that PORTAL_ORIGINS names does what the service's own does", async () => {
  await using elsewhere = new Elsewhere();
  const env = { ...unlimited, LOG_LEVEL: "error", PORTAL_ORIGINS: elsewhere.origin };
  await using parlor = await Parlor.start(env);
  // The same host name, so that both are same-site and the browser sends the cookie.
  const service = elsewhere.service = parlor.address.replace("127.0.0.1", "localhost");
  const context = await browse({ locale: "en-GB" });
  try {
    const driver = await PortalDriver.at(context, elsewhere.origin);
    const { page } = driver;
    await driver.enter("asha", { isNew: true });
    await page.waitForSelector(".shell");
    const vera = await parlor.chat({ username: "asha" }, someone());
    await vera.say("hello");
    await driver.lists((rooms) => rooms.length === 1);
    await driver.open("hello");
    await driver.write("hello from elsewhere");
    await driver.shows((rows) => rows.at(-1)?.state === "Sent");

    await page.goto(`${elsewhere.origin}/messages/settings/install`);
    const embed = `<script async src="${service}/widget.js" data-admin="asha"></script>`;
    assert.equal(await page.inputValue("#set-embed"), embed);
    await page.fill("#set-allowed_origins", "https://shop.example");
    await page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).first().waitFor();
    await page.goto(`${elsewhere.origin}/messages/settings/chatbot`);
    const preview = await (await page.waitForSelector(".set-stage iframe.here")).contentFrame();
    await page.fill("#set-title", "Asha's lamps");
    await preview!.waitForSelector('h1:text-is("Asha\'s lamps")');
    page.once("dialog", (dialog) => void dialog.accept());
    await page.goto(`${elsewhere.origin}/messages/settings/data`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download all conversations" }).click(),
    ]);
    assert.match(await Deno.readTextFile(await download.path()), /hello from elsewhere/);

    await page.reload();
    await page.waitForSelector(".shell", { timeout: 10_000 });
    await page.goto(`${elsewhere.origin}/messages/settings/account`);
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForSelector(".door-card");
    assert.deepEqual(driver.errors, []);
  } finally {
    await context.close();
  }
});

browserTest("a portal on an origin that nobody named gets nothing, not even a sign-in", async () => {
  await using elsewhere = new Elsewhere();
  const env = { ...unlimited, LOG_LEVEL: "error", PORTAL_ORIGINS: "http://localhost:1" };
  await using parlor = await Parlor.start(env);
  const asha = await parlor.signUp("asha");
  elsewhere.service = parlor.address.replace("127.0.0.1", "localhost");
  const context = await browse({ locale: "en-GB" });
  try {
    const [name, value] = asha.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: elsewhere.service }]);
    const own = await PortalDriver.at(context, elsewhere.service);
    await own.page.waitForSelector(".shell");
    const driver = await PortalDriver.at(context, elsewhere.origin);
    await driver.page.getByText("That did not work").waitFor();
    const status = await driver.page.evaluate((service) =>
      fetch(`${service}/accounts/api/login`, {
        method: "POST",
        credentials: "include",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username: "asha", password: "correct horse battery" }),
      }).then(({ status }) => status, () => "refused by the browser"), elsewhere.service);
    assert.equal(status, "refused by the browser");
  } finally {
    await context.close();
  }
});
