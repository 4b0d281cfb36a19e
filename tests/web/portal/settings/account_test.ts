import assert from "node:assert/strict";
import { password } from "../../../harness/parlor.ts";
import { settingsTest } from "./fixture.ts";

settingsTest(
  "asha changes her password, and her other sessions end",
  "account",
  async ({ page, parlor, settings }) => {
    const login = (password: string) => parlor.post("/accounts/api/login", { username: "asha", password });
    const other = await (await login(password)).json();
    const change = async (present: string, next: string) => {
      await page.fill("#set-password", present);
      await page.fill("#set-new_password", next);
      await page.press("#set-new_password", "Enter");
    };
    await change("not it at all", "a longer new one");
    await page.getByText("This is not your password").waitFor();
    await settings.focusIsAt("set-password");
    await change(password, "short");
    await page.waitForSelector("#set-new_password-problem:text-is('At least 8 characters')");
    await change(password, "a longer new one");
    await page.waitForSelector("p.set-good:text-is('Password changed')");
    assert.equal(await page.inputValue("#set-password"), "", "no password is left standing there");
    assert.equal((await login("a longer new one")).status, 200);
    const authorization = `Bearer ${other.token}`;
    const me = await parlor.fetch("/accounts/api/me", { headers: { authorization } });
    assert.equal(me.status, 401);
  },
);

settingsTest(
  "a session is ended from the list, then all others, then all",
  "account",
  async ({ page, parlor, asha, settings }) => {
    const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
    for (const agent of [firefox, "curl/8.0", "curl/8.1"]) {
      await parlor.post("/accounts/api/login", { username: "asha", password }, { "user-agent": agent });
    }
    const rows = page.locator(".set-list li");
    const areLeft = (n: number) =>
      page.waitForFunction((n) => document.querySelectorAll(".set-list li").length === n, n);
    await page.reload();
    await areLeft(4);
    const [own, ...others] = await rows.allTextContents();
    assert.match(own!, /This one.*127\.0\.0\.1 · since /);
    assert.ok(others.some((row) => row.startsWith("Firefox on Linux127.0.0.1 · since ")), others.join());
    await page.getByRole("button", { name: /^End Firefox on Linux, since / }).click();
    await areLeft(3);
    await settings.focusIsAt("set-heading");
    assert.ok(!(await rows.allTextContents()).join().includes("Firefox"));
    await settings.press("End all others");
    await areLeft(1);
    await settings.press("Sign out everywhere");
    await page.waitForSelector(".door-card");
    const me = await parlor.fetch("/accounts/api/me", { headers: { cookie: asha.cookie } });
    assert.equal(me.status, 401);
  },
);

settingsTest(
  "the account is deleted by whoever types its name, and not otherwise",
  "account",
  async ({ page, parlor, settings }) => {
    await page.fill("#set-delete", "bruno");
    await settings.press("Delete everything");
    await page.getByText("This is not “asha”").waitFor();
    assert.equal((await parlor.fetch("/chatbot/api?username=asha")).status, 200);
    await page.fill("#set-delete", "Asha");
    await settings.press("Delete everything");
    await page.getByText("Your account was deleted, with everything in it.").waitFor();
    assert.equal((await parlor.fetch("/chatbot/api?username=asha")).status, 404);
  },
);
