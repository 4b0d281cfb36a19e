import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { settingsTest } from "./fixture.ts";

settingsTest(
  "the identity secret is made after asking, shown once, and works",
  "identity",
  async ({ page, parlor, settings }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const dialog = page.getByRole("dialog", { name: "Make a new secret?" });
    await settings.press("Make a new secret");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.ok(!asked.some((url) => url.endsWith("/identity-secret")), "cancelled: nothing is made");
    const make = async () => {
      await settings.press("Make a new secret");
      await dialog.getByRole("button", { name: "Make a new secret" }).click();
    };
    await make();
    const secret = await page.inputValue("#set-secret");
    const vouched = async () => {
      const identity = await new SignJWT({ name: "Vera" }).setProtectedHeader({ alg: "HS256" })
        .setSubject("42").setExpirationTime("1h").sign(new TextEncoder().encode(secret));
      return await parlor.post("/chatbot/api/asha/session", { identity });
    };
    assert.equal((await (await vouched()).json()).visitor.name, "Vera");
    await make();
    await page.waitForFunction(
      (old) => document.querySelector<HTMLTextAreaElement>("#set-secret")!.value !== old,
      secret,
    );
    assert.notEqual((await vouched()).status, 200, "the one before is good no more");
    await page.reload();
    await settings.isThere();
    assert.equal(await page.locator("#set-secret").count(), 0);
  },
);

settingsTest(
  "what is kept of visitors is switched off, and all conversations come as a file",
  "data",
  async ({ page, parlor, asha, settings }) => {
    const patches = settings.patches();
    await page.getByRole("switch", { name: "Referrer" }).click();
    await settings.saveAll();
    assert.deepEqual(patches, [{ collect: { referrer: false } }]);
    assert.deepEqual((await settings.saved()).collect, {
      page: true,
      referrer: false,
      query: false,
      device: true,
    });

    const { consumer, token } = await parlor.visit(asha);
    const vera = await parlor.chat(asha, consumer, token);
    await vera.say("Do you have it in green?");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download all conversations" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^parlor-asha-\d{4}-\d\d-\d\d\.ndjson$/);
    const lines = (await Deno.readTextFile(await download.path())).trim().split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ type, content }) => [type, content]), [
      ["room", undefined],
      ["message", "Do you have it in green?"],
    ]);
  },
);

settingsTest(
  "a blocked visitor may write again once asha undoes it",
  "blocked",
  async ({ page, parlor, asha, settings }) => {
    await page.getByText("Nobody is blocked.").waitFor();
    const { consumer, token } = await parlor.visit(asha, { name: "Mallory" });
    await (await parlor.chat(asha, consumer, token)).say("spam");
    await parlor.post("/messages/api/blocked", { consumer }, { cookie: asha.cookie });
    await page.reload();
    await page.getByRole("button", { name: "Unblock Mallory" }).click();
    await page.getByText("Nobody is blocked.").waitFor();
    assert.equal(await page.textContent(".set-page > [role=status]"), "Mallory may write again");
    await settings.focusIsAt("set-heading");
    assert.ok(await (await parlor.chat(asha, consumer, token)).say("sorry"));
  },
);

settingsTest(
  "a switch shows what the browser made of it, and is remembered",
  "notifications",
  async (fixture) => {
    const { page, settings, context, parlor } = fixture;
    const sound = page.getByRole("switch", { name: "Sound" });
    const desktop = page.getByRole("switch", { name: "Desktop notifications" });
    const push = page.getByRole("switch", { name: "Push notifications" });
    assert.deepEqual([await sound.isChecked(), await push.isChecked()], [true, false]);
    await sound.click();
    // Notifications are not permitted here, and no user can be asked.
    assert.equal(await desktop.isChecked(), false);
    await context.grantPermissions(["notifications"], { origin: parlor.address });
    await page.reload();
    await settings.isThere();
    assert.equal(await sound.isChecked(), false);
    await desktop.click();
    await page.waitForFunction(() => localStorage.getItem("parlor:preferences")?.includes('"desktop":true'));
    assert.equal(await desktop.isChecked(), true);
  },
);
