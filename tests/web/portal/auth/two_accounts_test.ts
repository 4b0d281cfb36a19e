import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { Desk } from "../desk.ts";
import { someone } from "../scene.ts";

interface House {
  parlor: Parlor;
  asha: Admin;
  bela: Admin;
  context: BrowserContext;
}

/** A test in one browser, of a service that has asha's and bela's accounts; a visitor has written to asha. */
function tabsTest(name: string, play: (house: House) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const [asha, bela] = [await parlor.signUp("asha"), await parlor.signUp("bela")];
    await (await parlor.chat(asha, someone())).say("hello asha");
    const context = await browse({ locale: "en-GB" });
    try {
      await play({ parlor, asha, bela, context });
    } finally {
      await context.close();
    }
  });
}

const stored = ({ page }: Desk) => page.evaluate(() => Object.entries(localStorage).flat().join("\n"));

async function signOut({ page }: Desk): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForSelector(".door-card");
}

tabsTest("a tab says that somebody else has signed in, and changes nothing of theirs", async (house) => {
  const { parlor, bela, context } = house;
  const titleOf = async () =>
    (await (await parlor.fetch("/chatbot/api", { headers: { cookie: bela.cookie } })).json()).title;
  const before = await titleOf();
  const desk = await Desk.of(context, parlor.address, house.asha, "/settings/chatbot");
  await desk.page.fill("#set-title", "Asha's lamps");
  // As a tab of another browser window does that tells nobody: the cookie alone changes.
  const [name, value] = bela.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: parlor.address }]);
  await desk.page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
  await desk.page.waitForSelector("text=Somebody else is signed in");
  assert.equal(await titleOf(), before);
  await desk.page.getByRole("button", { name: "Load anew" }).click();
  await desk.page.waitForSelector(".shell");
  await desk.page.getByRole("button", { name: "Menu" }).click();
  await desk.page.waitForSelector("text=Signed in as bela");
});

tabsTest("a tab of the one account is told at once when another tab signs in to the other", async (house) => {
  const { parlor, context } = house;
  const first = await Desk.at(context, parlor.address), second = await Desk.at(context, parlor.address);
  await first.page.waitForSelector(".door-card");
  await second.page.waitForSelector(".door-card");
  await first.enter("asha");
  await first.open("hello asha");
  await second.page.waitForSelector(".shell");
  await signOut(second);
  await first.page.waitForSelector("text=You signed out in another tab");
  await first.enter("asha");
  await second.page.waitForSelector(".shell");
  const third = await Desk.at(context, parlor.address);
  await third.page.waitForSelector(".shell");
  // The third is at the door for itself alone: it lost its session and not the others theirs.
  const [name, value] = house.bela.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: parlor.address }]);
  await third.page.evaluate(() => {
    const tabs = new BroadcastChannel("parlor:session");
    tabs.postMessage({ type: "in", username: "bela" });
  });
  for (const desk of [first, second]) await desk.page.waitForSelector("text=Somebody else is signed in");
});

tabsTest(
  "a socket that comes back as somebody else's is noticed",
  async ({ parlor, asha, bela, context }) => {
    const desk = await Desk.of(context, parlor.address, asha);
    await desk.lists((rooms) => rooms.length === 1);
    const [name, value] = bela.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: parlor.address }]);
    for (const one of parlor.running.service.hub.listeners.all) one.close(1012, "restarting");
    await desk.page.waitForSelector("text=Somebody else is signed in");
  },
);

tabsTest("after signing out nothing of the account is left in the browser", async (house) => {
  const { parlor, asha, context } = house;
  const desk = await Desk.of(context, parlor.address, asha), other = await Desk.at(context, parlor.address);
  await desk.open("hello asha");
  await other.open("hello asha");
  await context.setOffline(true);
  await desk.write("a message that waits");
  await desk.page.fill(".composer textarea", "a secret draft");
  await desk.until(() => stored(desk), (text) => /a secret draft/.test(text) && /that waits/.test(text));
  await other.page.fill(".composer textarea", "a draft of the other tab");
  await signOut(desk);
  await other.page.waitForSelector(".door-card");
  // A page that goes keeps what has not been kept yet.
  await other.page.goto("about:blank");
  // What one tab takes away another one, of another process, sees a moment later.
  await desk.until(() => stored(desk), (text) => !/asha|draft|waits/.test(text));
});

tabsTest("what was being written is kept when a session ended, for the same account alone", async (house) => {
  const { parlor, asha, context } = house;
  const desk = await Desk.of(context, parlor.address, asha);
  const end = async (cookie: string) => {
    assert.equal((await parlor.post("/accounts/api/logout", {}, { cookie })).status, 204);
    await desk.page.waitForSelector("text=You were signed out");
  };
  await desk.open("hello asha");
  await desk.page.fill(".composer textarea", "half a sentence");
  await end(asha.cookie);
  assert.doesNotMatch(await stored(desk), /half a sentence/);
  await desk.enter("asha");
  await desk.page.waitForSelector(".composer textarea");
  assert.equal(await desk.page.inputValue(".composer textarea"), "half a sentence");
  const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith("parlor_session"));
  await end(`${cookie!.name}=${cookie!.value}`);
  await desk.enter("bela");
  await desk.page.waitForSelector(".shell");
  assert.doesNotMatch(await stored(desk), /half a sentence|parlor:asha/);
});
