import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { HeldSession } from "./held_session.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

interface WidgetFixture {
  parlor: Parlor;
  visit: Visit;
}

/** A test with vera in a conversation, whose site has provided data about her. */
function widgetTest(name: string, play: (fixture: WidgetFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse();
    const visit = await Visit.to(context, site.address);
    try {
      await visit.open();
      await visit.parlor("setAttributes", { plan: "gold" });
      await visit.write("mine");
      await visit.shows((rows) => rows.some(({ text, state }) => text === "mine" && state === "Sent"));
      await play({ parlor, visit });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const isNew = (visit: Visit) => visit.shows((rows) => rows.length === 1 && rows[0]!.side === "theirs");

widgetTest("a session that is answered after the reset brings nobody back", async ({ visit }) => {
  const vera = await visit.consumer("asha");
  const session = await HeldSession.in(visit.page.context());
  await visit.parlor("page");
  await session.asked;
  await visit.parlor("reset");
  await isNew(visit);
  const answered = visit.page.waitForResponse("**/session");
  session.go();
  await (await answered).finished();
  await visit.writable();
  await visit.write("another's");
  await visit.shows((rows) => rows.some(({ text, state }) => text === "another's" && state === "Sent"));
  const other = await visit.consumer("asha");
  assert.notEqual(other, vera);
  await visit.page.reload();
  await visit.open();
  await visit.shows((rows) => rows.at(-1)?.text === "another's");
});

widgetTest("what was being kept at the moment of the reset is not kept", async ({ visit }) => {
  await visit.page.evaluate(() => {
    const { parlor } = globalThis as unknown as { parlor: (...call: unknown[]) => void };
    for (let i = 0; i < 20; i++) parlor("send", `message ${i}`);
    // In the turn after the frame has requested to store them, and before most writes are done.
    return new Promise<void>((done) =>
      addEventListener("message", function heard({ data }) {
        if (data?.type !== "keep") return;
        removeEventListener("message", heard);
        parlor("reset");
        done();
      })
    );
  });
  await isNew(visit);
  await eventually(async () => Object.keys(await visit.kept("asha")).length === 0, {
    ms: 5_000,
    state: () => "something is kept",
  });
});

widgetTest("what the site said of a visitor is not said of the next one", async ({ visit }) => {
  const asked = visit.page.waitForRequest("**/session");
  await visit.parlor("reset");
  assert.deepEqual((await asked).postDataJSON().attributes ?? {}, {});
  await isNew(visit);
});

widgetTest(
  "after destroy nobody is signed in any more, and nothing is known of anybody",
  async ({ visit }) => {
    const refused = visit.page.waitForResponse((response) => response.status() === 401);
    await visit.parlor("identify", { token: "vera's" });
    await refused;
    await visit.parlor("destroy");
    const asked = visit.page.waitForRequest("**/session");
    await visit.parlor("boot");
    await visit.parlor("open");
    const { identity, attributes } = (await asked).postDataJSON();
    assert.deepEqual([identity, attributes ?? {}], [undefined, {}]);
  },
);
