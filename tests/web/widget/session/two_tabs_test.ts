import { eventually } from "../../../harness/eventually.ts";
import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { HeldSession } from "./held_session.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

interface WidgetFixture {
  parlor: Parlor;
  asha: Admin;
  /** Two tabs that have resumed one conversation, with one message in it. */
  here: Visit;
  there: Visit;
}

function widgetTest(name: string, play: (fixture: WidgetFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    try {
      const here = await Visit.to(context, site.address);
      await here.open();
      await here.write("hello");
      await here.shows((rows) => rows[1]?.state === "Sent");
      await here.page.reload();
      const there = await Visit.to(context, site.address);
      for (const tab of [here, there]) await tab.open();
      for (const tab of [here, there]) await tab.shows((rows) => rows[1]?.text === "hello");
      await play({ parlor, asha, here, there });
      for (const tab of [here, there]) assert.deepEqual(tab.errors, []);
    } finally {
      await context.close();
    }
  });
}

const isNew = (visit: Visit) => visit.shows((rows) => rows.length === 1 && rows[0]!.side === "theirs");

/** Counts a tab's session calls. */
function callsOf({ page }: Visit): () => number {
  let calls = 0;
  page.on("request", (request) => void (request.url().endsWith("/session") && calls++));
  return () => calls;
}

widgetTest(
  "two tabs that came back leave each other alone, also when one renews its token",
  async (fixture) => {
    const { here, there } = fixture;
    const vera = await here.consumer("asha");
    const calls = callsOf(there);
    await there.page.evaluate(() =>
      addEventListener("storage", (event) => {
        const { key, newValue } = event as StorageEvent;
        if (key === "parlor:asha:visitor") Object.assign(globalThis, { heard: newValue });
      })
    );
    await here.parlor("page");
    const heard = await there.page.waitForFunction("globalThis.heard");
    assert.equal(JSON.parse(await heard.jsonValue() as string).consumer, vera);
    await here.write("from here");
    await there.shows((rows) => rows.at(-1)?.text === "from here");
    await there.write("from there");
    await here.shows((rows) => rows.at(-1)?.text === "from there");
    assert.equal(calls(), 0);
    assert.equal(await there.consumer("asha"), vera);
  },
);

widgetTest("after a reset both tabs begin anew, and go on as one", async ({ here, there }) => {
  const vera = await here.consumer("asha");
  await here.parlor("reset");
  for (const tab of [here, there]) await isNew(tab);
  for (const tab of [here, there]) await tab.writable();
  await there.write("another's");
  for (const tab of [here, there]) {
    await tab.shows((rows) => rows[1]?.text === "another's" && rows[1].state === "Sent");
  }
  assert.notEqual(await there.consumer("asha"), vera);
});

widgetTest(
  "a tab that is just coming back begins anew after the reset of another one",
  async ({ here, there }) => {
    const session = await HeldSession.in(there.page.context());
    await there.page.reload();
    await session.asked;
    await there.parlor("open");
    const askedAnew = there.page.waitForRequest("**/session");
    await here.parlor("reset");
    await isNew(here);
    await askedAnew;
    session.go();
    await there.writable();
    await isNew(there);
    await there.write("another's");
    await here.shows((rows) => rows[1]?.text === "another's");
  },
);

widgetTest(
  "who signs in in one tab is who the other one goes on as",
  async ({ parlor, asha, here, there }) => {
    const vera = await here.consumer("asha");
    const { secret } = await (await parlor.post("/chatbot/api/identity-secret", {}, { cookie: asha.cookie }))
      .json();
    // A visitor whose id does not make the other tab follow: one greater than vera's.
    for (let i = 0;; i++) {
      const token = await new SignJWT({ sub: `user ${i}` }).setProtectedHeader({ alg: "HS256" })
        .setExpirationTime("1h").sign(new TextEncoder().encode(secret));
      const known = await (await parlor.post("/chatbot/api/asha/session", { identity: token })).json();
      if (known.consumer < vera) continue;
      await here.parlor("identify", { token });
      await eventually(async () => await there.consumer("asha") === known.consumer);
      await there.writable();
      await there.write("signed in");
      // What was written before goes on in the conversation of who is signed in.
      for (const tab of [here, there]) {
        await tab.shows((rows) => rows[1]?.text === "hello" && rows[2]?.text === "signed in");
      }
      return;
    }
  },
);
