import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

interface WidgetFixture {
  visit: Visit;
  /** An identity token signed by the host site's server, valid for so many seconds. */
  vouch(seconds: number): Promise<string>;
  parlor: Parlor;
}

/** A test on a site of asha's with signed-in users; the site's server signs their identity. */
function widgetTest(name: string, play: (fixture: WidgetFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    const answer = await parlor.post("/chatbot/api/identity-secret", {}, { cookie: asha.cookie });
    const key = new TextEncoder().encode((await answer.json()).secret);
    const vouch = (seconds: number) =>
      new SignJWT({ sub: "7", name: "Vera" }).setProtectedHeader({ alg: "HS256" })
        .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds).sign(key);
    await using site = Site.with(parlor, "asha");
    const context = await browse();
    try {
      const visit = await Visit.to(context, site.address);
      await visit.page.waitForFunction(() => "parlor" in globalThis);
      await visit.page.evaluate(() => {
        const heard: string[] = [];
        Object.assign(globalThis, { heard });
        addEventListener("parlor:identity", (event) => heard.push((event as CustomEvent).detail.expires));
      });
      await play({ visit, vouch, parlor });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const isSent = (text: string) => (rows: { text: string; state: string }[]) =>
  rows.some((row) => row.text === text && row.state === "Sent");
const heard = (visit: Visit) =>
  visit.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

widgetTest(
  "before a site's word ends its page is asked for another, and the conversation goes on over that",
  async ({ visit, vouch }) => {
    await visit.parlor("identify", { token: await vouch(8) });
    await visit.open();
    await visit.write("before");
    await visit.shows(isSent("before"));
    await visit.page.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.length > 0);
    const [ends] = await heard(visit);
    assert.ok(Date.parse(ends!) > Date.now(), "while there is time");
    await visit.parlor("identify", { token: await vouch(3_600) });
    await visit.page.waitForFunction((ends) => Date.now() > Date.parse(ends!) + 1_000, ends);
    await visit.write("after");
    await visit.shows((rows) => isSent("before")(rows) && isSent("after")(rows));
    assert.deepEqual(await heard(visit), [ends], "asked once");
  },
);

widgetTest(
  "where a site's word has ended the visitor is told to sign in, and goes on after that",
  async ({ visit, vouch, parlor }) => {
    await visit.parlor("identify", { token: await vouch(3_600) });
    await visit.open();
    await visit.write("mine");
    await visit.shows(isSent("mine"));
    const key = { admin: "asha", consumer: await visit.consumer("asha") };
    const { chat } = parlor.running.service;
    const { rollIdentitySecret } = await import("../../../../chat/visitors/identity.ts");
    const { secret } = await rollIdentitySecret(chat, "asha");
    const frame = await visit.frame();
    await frame.getByText("We could not check who you are").waitFor();
    const token = await new SignJWT({ sub: "7", exp: Math.floor(Date.now() / 1_000) + 3_600 })
      .setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
    await visit.parlor("identify", { token });
    await visit.shows((rows) => rows.some(({ text }) => text === "mine"));
    assert.equal(await visit.consumer("asha"), key.consumer);
  },
);

widgetTest(
  "who comes back and is signed out goes on as somebody new, and sees nothing of it",
  async ({ visit, vouch, parlor }) => {
    await visit.parlor("identify", { token: await vouch(3_600) });
    await visit.open();
    await visit.write("vera's");
    await visit.shows(isSent("vera's"));
    const vera = await visit.consumer("asha");
    const { rollIdentitySecret } = await import("../../../../chat/visitors/identity.ts");
    await rollIdentitySecret(parlor.running.service.chat, "asha");
    await visit.page.reload();
    await visit.open();
    await visit.write("another's");
    const rows = await visit.shows(isSent("another's"));
    assert.ok(!rows.some(({ text }) => text === "vera's"));
    assert.notEqual(await visit.consumer("asha"), vera);
  },
);

widgetTest("no fragment of the page's address leaves the browser", async ({ visit }) => {
  await visit.page.evaluate(() => history.replaceState(null, "", "/cart?item=7#access_token=SECRET"));
  const asked = visit.page.waitForRequest("**/session");
  await visit.open();
  assert.equal((await asked).postDataJSON().page.url.replace(/^https?:\/\/[^/]+/, ""), "/cart?item=7");
});

widgetTest(
  "a conversation begun before signing in goes on after it",
  async ({ visit, vouch, parlor }) => {
    await visit.open();
    await visit.write("I wrote this before I signed in");
    await visit.shows(isSent("I wrote this before I signed in"));
    const before = await visit.consumer("asha");
    await visit.parlor("identify", { token: await vouch(3_600) });
    await visit.shows(isSent("I wrote this before I signed in"));
    await visit.write("and this after");
    await visit.shows((rows) =>
      rows.some(({ text }) => text === "I wrote this before I signed in") && isSent("and this after")(rows)
    );
    const named = await visit.consumer("asha"), { store } = parlor.running.service.chat;
    assert.notEqual(named, before);
    const all = await store.messagesAfter({ admin: "asha", consumer: named }, 0, 10);
    assert.deepEqual(all.map(({ content }) => content), [
      "I wrote this before I signed in",
      "and this after",
    ]);
    assert.equal(
      await store.room({ admin: "asha", consumer: before }),
      undefined,
      "no anonymous one is left",
    );
  },
);
