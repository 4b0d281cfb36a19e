import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { password } from "../../parlor.ts";
import { faultsOf } from "./axe.ts";
import { scene, type Settings } from "./settings_scene.ts";

const sectionNames = [
  "chatbot",
  "install",
  "hours",
  "identity",
  "notifications",
  "data",
  "blocked",
  "account",
];

const save = ({ page }: Settings) => page.click(".set-bar >> text=Save");
const says = ({ page }: Settings, text: string) => page.waitForSelector(`.set-bar >> text=${text}`);

/** What the page sends to save the chatbot from now on. */
function patchesOf({ page }: Settings): unknown[] {
  const patches: unknown[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/chatbot/api") && request.method() === "POST") {
      patches.push(request.postDataJSON());
    }
  });
  return patches;
}

async function previewOf({ page }: Settings) {
  const frame = await (await page.waitForSelector(".set-stage iframe.here")).contentFrame();
  await frame!.waitForSelector(".head h1");
  return frame!;
}

scene(
  "the preview follows what asha types, and what changed is saved, no more",
  "chatbot",
  async (settings) => {
    const { page } = settings;
    const patches = patchesOf(settings);
    const preview = await previewOf(settings);
    await page.fill("#set-title", "Asha's lamps");
    await page.fill("#set-accent", "#ffd400");
    await page.fill("#set-launcher_text", "Ask us");
    await preview.waitForSelector('h1:text-is("Asha\'s lamps")');
    assert.equal(
      await preview.$eval("html", (root) => root.style.getPropertyValue("--on-accent")),
      "#000000",
      "the text on a light accent is dark",
    );
    await page.waitForSelector(".set-launcher >> text=Ask us");
    await page.click("text=Away >> nth=0");
    await page.click(".set-preview >> text=Away");
    await preview.waitForSelector("text=We are away right now");
    await page.click('[aria-label="Ask for the email address"] >> text=Required');
    await preview.waitForSelector("input[type=email]");
    assert.equal((await settings.saved()).title, "Chat with us", "nothing is saved yet");
    await save(settings);
    await says(settings, "Saved");
    assert.deepEqual(patches, [{
      title: "Asha's lamps",
      accent: "#ffd400",
      launcher_text: "Ask us",
      prechat: { email: "required" },
    }]);
    const { title, prechat, greeting } = await settings.saved();
    assert.deepEqual([title, prechat, greeting], [
      "Asha's lamps",
      { name: "off", email: "required" },
      "Hi! How can we help?",
    ]);
    const rooms = await settings.parlor.fetch("/messages/api/blocked", {
      headers: { cookie: settings.asha.cookie },
    });
    assert.equal(rooms.status, 200);
  },
);

scene(
  "what the service refuses stands at its field, and nothing typed is lost",
  "chatbot",
  async (settings) => {
    const { page } = settings;
    await page.fill("#set-title", "  ");
    await page.fill("#set-greeting", "Namaste!");
    await page.fill("#set-avatar_url", "http://shop.example/a.png");
    await save(settings);
    await says(settings, "Not saved. 2 fields need another look");
    assert.equal(await page.textContent("#set-title-problem"), "May not be empty");
    assert.equal(await page.textContent("#set-avatar_url-problem"), "An https:// address");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "set-title", "the first wrong field");
    const by = await page.getAttribute("#set-title", "aria-describedby");
    assert.ok(by!.includes("set-title-problem"));
    assert.equal(await page.inputValue("#set-greeting"), "Namaste!");
    await page.fill("#set-title", "Lamps");
    assert.equal(await page.$("#set-title-problem"), null, "mended once it is edited");
    await page.fill("#set-avatar_url", "");
    await page.press("#set-avatar_url", "Enter");
    await says(settings, "Saved");
    assert.equal((await settings.saved()).greeting, "Namaste!");
  },
);

scene("a save that fails keeps the changes, and leaving asks first", "chatbot", async (settings) => {
  const { page, parlor } = settings;
  await page.route(`${parlor.address}/chatbot/api`, (route) => route.abort());
  await page.fill("#set-title", "Kept");
  await save(settings);
  await says(settings, "Not saved. The service cannot be reached");
  await page.click("nav >> text=Account");
  await page.waitForSelector("h2:text-is('Account')");
  await page.waitForSelector("nav a:has-text('Chatbot') .set-mark");
  await page.click("#inbox");
  await page.waitForSelector("dialog >> text=Leave without saving?");
  await page.keyboard.press("Escape");
  await page.click("nav >> text=Chatbot");
  assert.equal(await page.inputValue("#set-title"), "Kept", "still there after looking elsewhere");
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.type();
    void dialog.dismiss();
  });
  await page.reload({ timeout: 1_000 }).catch(() => {});
  assert.equal(asked, "beforeunload");
  assert.equal(await page.inputValue("#set-title"), "Kept");
  await page.unroute(`${parlor.address}/chatbot/api`);
  await save(settings);
  await says(settings, "Saved");
  assert.equal((await settings.saved()).title, "Kept");
  await page.fill("#set-title", "Thrown away");
  await page.click("#inbox");
  await page.click("dialog >> text=Leave >> nth=-1");
  await page.waitForSelector("text=Elsewhere");
  assert.equal((await settings.saved()).title, "Kept");
  settings.faults.splice(
    0,
    settings.faults.length,
    ...settings.faults.filter((f) => !f.includes("ERR_FAILED")),
  );
});

scene("saving elsewhere leads to the section with the wrong field", "install", async (settings) => {
  const { page } = settings;
  await page.fill("#set-allowed_origins", "https://shop.example/path\n\nshop.example\nhttps://shop.example");
  await page.click("nav >> text=Data");
  await page.click("text=Save");
  await page.waitForSelector("h2:text-is('Install')");
  assert.equal(
    await page.textContent("#set-allowed_origins-problem"),
    "Line 1: write https://shop.example\nLine 2: write https://shop.example",
  );
  await page.waitForFunction(() => document.activeElement?.id === "set-allowed_origins");
  await page.fill("#set-allowed_origins", "https://shop.example\n\nhttp://127.0.0.1:8080");
  await save(settings);
  await says(settings, "Saved");
  assert.deepEqual((await settings.saved()).allowed_origins, [
    "https://shop.example",
    "http://127.0.0.1:8080",
  ]);
});

scene("the embed line is copied, and the test page opens", "install", async ({ page, parlor }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("text=Copy");
  await page.waitForSelector("button:text-is('Copied')");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `<script async src="${parlor.address}/widget.js" data-admin="asha"></script>`);
  const href = await page.getAttribute("a:text-is('Open the test page')", "href");
  assert.equal((await parlor.fetch(href!)).status, 200);
  await page.reload();
  assert.equal(await page.getAttribute("a:text-is('Open the test page')", "href"), href, "the same visitor");
});

scene("a week of hours is made, mended and saved", "hours", async (settings) => {
  const { page } = settings;
  await page.click("text=At set hours");
  await page.selectOption("#set-business_hours-time_zone", "Europe/Lisbon");
  await page.click("[aria-label='Add hours on Monday']");
  await page.fill("[aria-label='Monday, closes at'] >> nth=0", "12:00");
  await page.fill("[aria-label='Monday, opens at'] >> nth=1", "11:00");
  await page.fill("[aria-label='Monday, closes at'] >> nth=1", "00:00");
  await save(settings);
  await page.waitForSelector("text=Overlaps the hours above");
  await page.fill("[aria-label='Monday, opens at'] >> nth=1", "13:00");
  await page.click("[aria-label='Remove Friday, 09:00 to 17:00']");
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
    "Add hours on Friday",
  );
  await page.click("text=Copy Monday to all weekdays");
  await page.click("[aria-label='Remove Tuesday, 13:00 to 24:00']");
  await page.click("[aria-label='Add hours on Sunday']");
  await save(settings);
  await says(settings, "Saved");
  const day = (day: number) => [{ day, from: "09:00", to: "12:00" }, { day, from: "13:00", to: "24:00" }];
  assert.deepEqual((await settings.saved()).business_hours, {
    time_zone: "Europe/Lisbon",
    ranges: [
      ...day(1),
      day(2)[0],
      ...day(3),
      ...day(4),
      ...day(5),
      { day: 7, from: "09:00", to: "17:00" },
    ],
  });
  await page.click("text=Always");
  await save(settings);
  await says(settings, "Saved");
  assert.deepEqual((await settings.saved()).business_hours.ranges, []);
});

scene("the identity secret is made after asking, shown once, and works", "identity", async (settings) => {
  const { page, parlor } = settings;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.click("text=Make a new secret");
  await page.click("dialog >> text=Cancel");
  assert.ok(!asked.some((url) => url.endsWith("/identity-secret")), "cancelled: nothing is made");
  await page.click("text=Make a new secret");
  await page.click("dialog >> text=Make a new secret >> nth=-1");
  const secret = await page.inputValue("#set-secret");
  const identity = await new SignJWT({ name: "Vera" }).setProtectedHeader({ alg: "HS256" }).setSubject("42")
    .setExpirationTime("1h").sign(new TextEncoder().encode(secret));
  const response = await parlor.post("/chatbot/api/asha/session", { identity });
  assert.equal((await response.json()).visitor.name, "Vera");
  await page.reload();
  await page.waitForSelector("text=Make a new secret");
  assert.equal(await page.$("#set-secret"), null);
});

scene(
  "what is kept of visitors is switched off, and all conversations come as a file",
  "data",
  async (settings) => {
    const { page, parlor, asha } = settings;
    const patches = patchesOf(settings);
    await page.click("#set-collect-referrer");
    await save(settings);
    await says(settings, "Saved");
    assert.deepEqual(patches, [{ collect: { referrer: false } }]);
    assert.deepEqual((await settings.saved()).collect, { page: true, referrer: false, device: true });

    const { consumer, token } = await parlor.visit(asha);
    const vera = await parlor.chat(asha, consumer, token);
    await vera.say("Do you have it in green?");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("text=Download all conversations"),
    ]);
    const lines = (await Deno.readTextFile(await download.path())).trim().split("\n").map((line) =>
      JSON.parse(line)
    );
    assert.deepEqual(lines.map(({ type, content }) => [type, content]), [
      ["room", undefined],
      ["message", "Do you have it in green?"],
    ]);
  },
);

scene("a blocked visitor may write again once asha undoes it", "blocked", async (settings) => {
  const { page, parlor, asha } = settings;
  await page.waitForSelector("text=Nobody is blocked.");
  const { consumer, token } = await parlor.visit(asha, { name: "Mallory" });
  await (await parlor.chat(asha, consumer, token)).say("spam");
  await parlor.post("/messages/api/blocked", { consumer }, { cookie: asha.cookie });
  await page.reload();
  await page.click("[aria-label='Unblock Mallory']");
  await page.waitForSelector("text=Nobody is blocked.");
  assert.equal(await page.textContent(".set-page > [role=status]"), "Mallory may write again");
  assert.ok(await (await parlor.chat(asha, consumer, token)).say("sorry"));
});

scene("asha changes her password, and her other sessions end", "account", async (settings) => {
  const { page, parlor } = settings;
  const login = (password: string) => parlor.post("/accounts/api/login", { username: "asha", password });
  const other = await (await login(password)).json();
  const change = async (present: string, next: string) => {
    await page.fill("#set-password", present);
    await page.fill("#set-new_password", next);
    await page.press("#set-new_password", "Enter");
  };
  await change("not it at all", "a longer new one");
  await page.waitForSelector("text=This is not your password");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "set-password");
  await change(password, "short");
  await page.waitForSelector("#set-new_password-problem:text-is('At least 8 characters')");
  await change(password, "a longer new one");
  await page.waitForSelector("p.set-good:text-is('Password changed')");
  assert.equal(await page.inputValue("#set-password"), "", "no password is left standing there");
  assert.equal((await login("a longer new one")).status, 200);
  const me = await parlor.fetch("/accounts/api/me", { headers: { authorization: `Bearer ${other.token}` } });
  assert.equal(me.status, 401);
});

scene("a session is ended from the list, then all others, then all", "account", async (settings) => {
  const { page, parlor } = settings;
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
  for (const agent of [firefox, "curl/8.0", "curl/8.1"]) {
    await parlor.post("/accounts/api/login", { username: "asha", password }, { "user-agent": agent });
  }
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll(".set-list li").length === 4);
  assert.ok((await page.textContent(".set-list li >> nth=0"))!.includes("This one"));
  await page.click("[aria-label^='End ']");
  await page.waitForFunction(() => document.querySelectorAll(".set-list li").length === 3);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "set-heading");
  await page.click("text=End all others");
  await page.waitForFunction(() => document.querySelectorAll(".set-list li").length === 1);
  await page.click("text=Sign out everywhere");
  await page.waitForFunction(() => "isSignedOut" in globalThis);
  const me = await parlor.fetch("/accounts/api/me", { headers: { cookie: settings.asha.cookie } });
  assert.equal(me.status, 401);
});

scene("the account is deleted by whoever types its name, and not otherwise", "account", async (settings) => {
  const { page, parlor } = settings;
  await page.fill("#set-delete", "bruno");
  await page.click("text=Delete everything");
  await page.waitForSelector("text=This is not “asha”");
  assert.equal((await parlor.fetch("/chatbot/api?username=asha")).status, 200);
  await page.fill("#set-delete", "Asha");
  await page.click("text=Delete everything");
  await page.waitForFunction(() => "isSignedOut" in globalThis);
  assert.equal((await parlor.fetch("/chatbot/api?username=asha")).status, 404);
});

scene("a switch shows what the browser made of it", "notifications", async ({ page }) => {
  assert.equal(await page.isChecked("#set-notify-sound"), true);
  await page.click("#set-notify-sound");
  assert.equal(await page.isChecked("#set-notify-sound"), false);
  await page.click("#set-notify-desktop");
  await page.waitForSelector("text=Your browser does not allow it");
  assert.equal(await page.isChecked("#set-notify-desktop"), false);
  assert.equal(await page.$("#set-notify-push"), null, "what the portal does not have is not offered");
});

scene("keys alone are enough to find a setting, change and save it", "chatbot", async (settings) => {
  const { page } = settings;
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.id || at?.textContent || "";
    });
  const tabTo = async (wanted: string) => {
    for (let i = 0; i < 60; i++) {
      if (await focused() === wanted) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab never came to ${wanted}`);
  };
  await tabTo("Data");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "set-heading");
  await tabTo("set-collect-page");
  await page.keyboard.press("Space");
  await tabTo("Save");
  await page.keyboard.press("Enter");
  await says(settings, "Saved");
  await page.waitForFunction(() => document.activeElement?.id === "set-heading");
  assert.equal((await settings.saved()).collect.page, false);
});

for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]] as const) {
  const options = { viewport: { width, height: 844 }, colorScheme };
  scene(`axe finds nothing in any section at ${width} px, ${colorScheme}`, "", async (settings) => {
    const { page } = settings;
    assert.deepEqual(await faultsOf(page), [], "the list");
    for (const name of sectionNames) {
      await settings.go(name);
      await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
      if (name === "chatbot") await page.fill("#set-title", "");
      if (name === "hours") await page.click("text=At set hours");
      assert.deepEqual(await faultsOf(page), [], name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name} is ${wide} px wider than the window`);
    }
  }, options);
}

scene(
  "from right to left nothing is cut off, in error states and dialogs neither",
  "identity",
  async (settings) => {
    const { page } = settings;
    await page.evaluate(() => document.dir = "rtl");
    await page.click("text=Make a new secret");
    assert.deepEqual(await faultsOf(page), [], "the dialog");
    await page.keyboard.press("Escape");
    await page.click("a.set-back");
    await page.click("nav >> text=Chatbot");
    await page.fill("#set-title", "");
    await page.fill("#set-accent", "teal");
    await save(settings);
    await page.waitForSelector("#set-accent-problem");
    assert.deepEqual(await faultsOf(page), [], "wrong fields and the bar");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  },
  { viewport: { width: 390, height: 844 } },
);
