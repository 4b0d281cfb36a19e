import assert from "node:assert/strict";
import { password } from "../../../harness/parlor.ts";
import { keysTest } from "./fixture.ts";

const isBad = (status: number) => status === 401;

keysTest(
  "by keys: blocks are undone, one after the other",
  "blocked",
  async ({ keys, page, parlor, asha }) => {
    await keys.enter("button", "Unblock Mallory");
    await keys.isAt("heading", "Blocked visitors");
    await keys.enter("button", "Unblock Victor");
    await page.getByText("Nobody is blocked.").waitFor();
    await keys.isAt("heading", "Blocked visitors");
    const answer = await parlor.fetch("/messages/api/blocked", { headers: { cookie: asha.cookie } });
    assert.deepEqual((await answer.json()).blocked, []);
  },
  async ({ parlor, asha }) => {
    for (const name of ["Mallory", "Victor"]) {
      const { consumer, token } = await parlor.visit(asha, { name });
      await (await parlor.chat(asha, consumer, token)).say("spam");
      await parlor.post("/messages/api/blocked", { consumer }, { cookie: asha.cookie });
    }
  },
);

keysTest(
  "by keys: the password is changed, from a field and from the button",
  "account",
  async ({ keys, page, parlor }) => {
    const login = async (password: string) =>
      (await parlor.post("/accounts/api/login", { username: "asha", password })).status;
    await keys.fill("Current password", "not it at all");
    await keys.fill("New password", "a longer new one");
    await keys.press("Enter");
    await page.getByText("This is not your password").waitFor();
    await keys.isAt("textbox", "Current password");
    await keys.write(password);
    await keys.to("checkbox", "Show what I type");
    await keys.press("Space");
    assert.equal(await page.getAttribute("#set-password", "type"), "text");
    await keys.enter("button", "Change password");
    await page.getByText("Password changed").first().waitFor();
    await keys.isAt("button", "Change password");
    assert.deepEqual([await login("a longer new one"), isBad(await login(password))], [200, true]);
  },
);

keysTest(
  "by keys: one session is ended, then all others, then this one",
  "account",
  async ({ keys, page, parlor, asha }) => {
    const areLeft = (n: number) =>
      page.waitForFunction((n) => document.querySelectorAll(".set-list li").length === n, n);
    await areLeft(4);
    await keys.enter("button", /^End Firefox on Linux, since /);
    await areLeft(3);
    await keys.isAt("heading", "Account");
    await keys.enter("button", "End all others");
    await areLeft(1);
    await keys.isAt("heading", "Account");
    await keys.enter("button", "Sign out");
    await keys.isAt("textbox", "Name");
    const me = await parlor.fetch("/accounts/api/me", { headers: { cookie: asha.cookie } });
    assert.ok(isBad(me.status));
  },
  async ({ parlor }) => {
    const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
    for (const agent of [firefox, "curl/8.0", "curl/8.1"]) {
      await parlor.post("/accounts/api/login", { username: "asha", password }, { "user-agent": agent });
    }
  },
);

keysTest(
  "by keys: the account is deleted once its name is typed",
  "account",
  async ({ keys, page, parlor }) => {
    const isThere = async () => (await parlor.fetch("/chatbot/api?username=asha")).status === 200;
    await keys.fill("Type “asha” to confirm", "bruno");
    await keys.enter("button", "Delete everything");
    await page.getByText("This is not “asha”").waitFor();
    await keys.isAt("textbox", "Type “asha” to confirm");
    assert.ok(await isThere());
    await keys.write("asha");
    await keys.enter("button", "Delete everything");
    await keys.isAt("textbox", "Name");
    assert.ok(!await isThere());
  },
);

keysTest(
  "by keys: what the service cannot do right now leaves the focus where it was",
  "account",
  async ({ keys, page, parlor }) => {
    const fail = (path: string) => page.route(`${parlor.address}${path}`, (route) => route.abort());
    await fail("/messages/api/account");
    await fail("/accounts/api/logout");
    await keys.enter("button", "Sign out everywhere");
    await page.getByText("The service cannot be reached").first().waitFor();
    await keys.isAt("button", "Sign out everywhere");
    await keys.fill("Type “asha” to confirm", "asha");
    await keys.enter("button", "Delete everything");
    await page.getByText("The service cannot be reached").nth(1).waitFor();
    await keys.isAt("button", "Delete everything");
  },
);
