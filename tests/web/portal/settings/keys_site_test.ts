import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { keysTest } from "./fixture.ts";

keysTest(
  "by keys: the embed line is copied, the test page opened, an origin added and removed",
  "install",
  async ({ keys, page, context, settings, saved, parlor }) => {
    await keys.enter("button", "Copy");
    await keys.isAt("button", "Copied");
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      `<script async src="${parlor.address}/widget.js" data-admin="asha"></script>`,
    );
    await keys.fill("Allowed websites", "https://shop.example\nhttps://tea.example");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    await keys.isAt("heading", "Install");
    assert.deepEqual((await saved()).allowed_origins, ["https://shop.example", "https://tea.example"]);
    await keys.to("textbox", "Allowed websites");
    for (const key of ["Control+End", "Shift+Home", "Backspace"]) await keys.press(key);
    await keys.enter("button", "Save");
    await settings.says("Saved");
    assert.deepEqual((await saved()).allowed_origins, ["https://shop.example"]);
    await keys.to("link", "Open the test page");
    const opened = context.waitForEvent("page");
    await keys.press("Enter");
    const test = await opened;
    await test.waitForFunction(() => "parlor" in globalThis);
    await test.close();
    await keys.isAt("link", "Open the test page");
  },
);

keysTest(
  "by keys: the identity secret is made, copied and renewed, each time after a question",
  "identity",
  async ({ keys, page, parlor }) => {
    const ask = async () => {
      await keys.enter("button", "Make a new secret");
      await keys.isAt("button", "Cancel");
    };
    await ask();
    for (let i = 0; i < 5; i++) {
      await keys.press("Tab");
      const here = await keys.here();
      assert.ok(
        !here || ["Cancel", "Make a new secret"].includes(here.name),
        `Tab leads out to ${here?.name}`,
      );
    }
    await keys.press("Escape");
    await keys.isAt("button", "Make a new secret");
    await ask();
    await keys.press("Enter");
    await keys.isAt("button", "Make a new secret");
    assert.equal(await page.locator("#set-secret").count(), 0, "neither Escape nor Cancel makes one");

    const make = async (before?: string) => {
      await ask();
      await keys.enter("button", "Make a new secret");
      await page.waitForFunction(
        (before) => {
          const area = document.querySelector<HTMLTextAreaElement>("#set-secret");
          return area && area.value !== before;
        },
        before,
      );
      await keys.isAt("button", "Make a new secret");
      await keys.back("button", "Copy");
      await keys.press("Enter");
      await keys.isAt("button", "Copied");
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const vouched = async (secret: string) => {
      const identity = await new SignJWT({ name: "Vera" }).setProtectedHeader({ alg: "HS256" })
        .setSubject("42").setExpirationTime("1h").sign(new TextEncoder().encode(secret));
      return (await parlor.post("/chatbot/api/asha/session", { identity })).status;
    };
    const first = await make();
    assert.equal(await vouched(first), 200);
    const second = await make(first);
    assert.notEqual(second, first);
    assert.deepEqual([await vouched(first) === 200, await vouched(second) === 200], [false, true]);
  },
);

keysTest(
  "by keys: each way of being told is switched, and what cannot be says why",
  "notifications",
  async ({ keys, page }) => {
    const isKept = (pair: string) =>
      page.waitForFunction((pair) => localStorage.getItem("parlor:preferences")?.includes(pair), pair);
    await keys.to("switch", "Desktop notifications");
    await keys.press("Space");
    await isKept('"desktop":true');
    await keys.to("switch", "Sound");
    await keys.press("Space");
    await isKept('"sound":false');
    await keys.press("Space");
    await isKept('"sound":true');
    await keys.to("switch", "Push notifications");
    await keys.press("Space");
    // A private browser profile cannot be registered for push.
    await page.getByText("This browser could not be registered. Try again.").waitFor();
    await keys.isAt("switch", "Push notifications");
    assert.equal(await page.getByRole("switch", { name: "Push notifications" }).isChecked(), false);
  },
);

keysTest(
  "by keys: what is kept of visitors is switched off, and all conversations are taken along",
  "data",
  async ({ keys, page, settings, saved }) => {
    await keys.to("switch", "Device");
    await keys.press("Space");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    await keys.isAt("heading", "Data");
    assert.deepEqual((await saved()).collect, { page: true, referrer: true, query: false, device: false });
    await keys.to("link", "Download all conversations");
    const [download] = await Promise.all([page.waitForEvent("download"), keys.press("Enter")]);
    assert.match(await Deno.readTextFile(await download.path()), /"Hello"/);
    await keys.isAt("link", "Download all conversations");
  },
  ({ say }) => say(crypto.randomUUID(), "Hello"),
);
