import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

/** A test with a visitor in a conversation, while the service accepts no connections. */
async function whileAway(play: (visit: Visit, comeBack: () => Promise<Visit>) => Promise<void>) {
  await using parlor = await Parlor.start(unlimited);
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  // Another host name than the service's, so that page and chat run in separate processes.
  const address = site.address.replace("127.0.0.1", "shop.localhost");
  const context = await browse({ locale: "en-GB" });
  try {
    const visit = await Visit.to(context, address);
    await visit.open();
    await visit.write("first");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    parlor.running.service.draining = true;
    await parlor.running.service.hub.drain();
    await (await visit.frame()).waitForSelector("text=Reconnecting…");
    await play(visit, async () => {
      await visit.page.close();
      parlor.running.service.draining = false;
      const back = await Visit.to(context, address);
      await back.open();
      return back;
    });
  } finally {
    await context.close();
  }
}

const draftIs = (visit: Visit, text: string) =>
  visit.page.waitForFunction((text) => localStorage.getItem("parlor:asha:draft") === text, text);

/** Blocks the page's main thread, so that it receives no events from the chat. */
function occupy(visit: Visit): void {
  visit.page.evaluate(() => {
    for (const end = performance.now() + 20_000; performance.now() < end;);
  }).catch(() => {}); // the tab is closed meanwhile
}

browserTest(
  "a tab closed while sending delivers once when it comes back",
  () =>
    whileAway(async (visit, comeBack) => {
      await visit.write("written while away");
      await visit.shows((rows) => rows[2]?.state === "Sending");
      const back = await comeBack();
      const rows = await back.shows((rows) => rows[2]?.state === "Sent");
      assert.deepEqual(rows.map(({ text }) => text), ["Hi! How can we help?", "first", "written while away"]);
      assert.equal(await (await back.frame()).inputValue("textarea"), "");
      assert.deepEqual(await back.kept("asha").then(({ draft }) => draft), undefined);
    }),
);

browserTest(
  "what the page had no time to keep is not said to be on its way, and is still in the input",
  () =>
    whileAway(async (visit, comeBack) => {
      const frame = await visit.frame();
      await frame.fill("textarea", "written while busy");
      await draftIs(visit, "written while busy");
      occupy(visit);
      // A real key press would be routed through the page.
      await frame.$eval("textarea", (input) => {
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      });
      const [, , row] = await visit.shows((rows) => rows.length === 3);
      assert.deepEqual(row, { side: "mine", text: "written while busy", state: "" });
      await new Promise((done) => setTimeout(done, 300));
      assert.equal((await visit.rows())[2]?.state, "");
      const back = await comeBack();
      assert.equal(await (await back.frame()).inputValue("textarea"), "written while busy");
      assert.equal((await back.rows()).length, 2);
    }),
);
