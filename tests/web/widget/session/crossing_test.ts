import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

/** Holds storage events from other tabs until they are released. */
function holdStorage(): void {
  let held: StorageEvent[] | undefined = [];
  addEventListener("storage", (event) => {
    if (!held) return;
    event.stopImmediatePropagation();
    held.push(event as StorageEvent);
  });
  Object.assign(globalThis, {
    heldStorage: () => held?.length ?? 0,
    letGo() {
      const events = held ?? [];
      held = undefined;
      for (const { key, newValue } of events) dispatchEvent(new StorageEvent("storage", { key, newValue }));
    },
  });
}

/** A tab that receives the other tab's storage events when told to. */
class Tab {
  private constructor(readonly visit: Visit, readonly consumer: string) {}

  /** Opens the chat in a new tab that has no visitor yet. */
  static async in(context: Awaited<ReturnType<typeof browse>>, address: string): Promise<Tab> {
    const page = await context.newPage();
    await page.addInitScript(holdStorage);
    const session = page.waitForResponse("**/session");
    const visit = await Visit.to(context, address, page);
    await visit.open();
    const { consumer } = await (await session).json();
    return new Tab(visit, consumer);
  }

  /**
   * Waits until this tab holds the events by which the other one announces its visitor and pending messages.
   */
  holds(events: number): Promise<unknown> {
    return this.visit.page.waitForFunction((events) => {
      // deno-lint-ignore no-explicit-any
      return (globalThis as any).heldStorage() >= events;
    }, events);
  }

  async letGo(): Promise<void> {
    await this.visit.page.evaluate("letGo()");
  }
}

interface WidgetFixture {
  parlor: Parlor;
  /** The tab whose visitor both tabs should finally have; `greater` is the other one. */
  lesser: Tab;
  greater: Tab;
  /** Number of session calls so far. */
  calls(): number;
}

/** A test with two tabs of a site that are about to send their first message. */
function widgetTest(name: string, play: (fixture: WidgetFixture) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    let calls = 0;
    context.on("request", (request) => void (request.url().endsWith("/session") && calls++));
    try {
      const tabs = [await Tab.in(context, site.address), await Tab.in(context, site.address)];
      const [lesser, greater] = tabs.sort((a, b) => a.consumer < b.consumer ? -1 : 1);
      await play({ parlor, lesser: lesser!, greater: greater!, calls: () => calls });
      for (const { visit } of tabs) assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

/** Both tabs write while the service accepts no connections, and before either knows of the other. */
async function writeApart({ parlor, lesser, greater }: WidgetFixture): Promise<void> {
  const { service } = parlor.running;
  service.draining = true;
  await service.hub.drain();
  for (const { visit } of [lesser, greater]) {
    await (await visit.frame()).waitForSelector("text=Reconnecting…");
  }
  await lesser.visit.write("from the one");
  await greater.visit.write("from the other");
  await greater.visit.write("and more");
  for (const { visit } of [lesser, greater]) {
    await visit.shows((rows) => rows.length > 1 && rows.slice(1).every(({ state }) => state === "Sending"));
  }
  await lesser.holds(3);
  await greater.holds(2);
}

const orders = [
  ["the one that stays", (tabs: WidgetFixture) => [tabs.lesser, tabs.greater]],
  ["the one that follows", (tabs: WidgetFixture) => [tabs.greater, tabs.lesser]],
] as const;

for (const [first, inOrder] of orders) {
  widgetTest(
    `two tabs that begin at once become one visitor, if ${first} hears first`,
    async (fixture) => {
      const { parlor, lesser, greater, calls } = fixture;
      await writeApart(fixture);
      for (const tab of inOrder(fixture)) await tab.letGo();
      parlor.running.service.draining = false;
      for (const { visit } of [lesser, greater]) {
        const rows = await visit.shows((rows) => rows.filter(({ state }) => state === "Sent").length === 3);
        const texts = rows.slice(1).map(({ text }) => text);
        assert.deepEqual(texts.toSorted(), ["and more", "from the one", "from the other"]);
        assert.ok(texts.indexOf("from the other") < texts.indexOf("and more"), `in order: ${texts}`);
      }
      await lesser.visit.write("still here?");
      await greater.visit.shows((rows) => rows.at(-1)?.text === "still here?");
      await greater.visit.write("yes");
      await lesser.visit.shows((rows) => rows.at(-1)?.text === "yes");
      // Each tab made one call, one adopted the other's visitor, and one reported the page of the new
      // conversation.
      await eventually(() => calls() >= 4);
      assert.equal(calls(), 4, "nobody asks any more who they are");
      assert.equal(await greater.visit.consumer("asha"), lesser.consumer);
      const { store } = parlor.running.service.chat;
      const stored = (consumer: string) => store.messagesAfter({ admin: "asha", consumer }, 0, 100);
      assert.equal((await stored(lesser.consumer)).length, 5, "each is stored once");
      assert.deepEqual(await stored(greater.consumer), []);
      await eventually(async () =>
        !Object.keys(await lesser.visit.kept("asha")).some((key) => key.startsWith("out:"))
      );
    },
  );
  widgetTest(
    `what arrived before two tabs became one visitor is said in both, if ${first} hears first`,
    async (fixture) => {
      const { parlor, lesser, greater } = fixture;
      await lesser.visit.write("from the one");
      await greater.visit.write("from the other");
      for (const { visit } of [lesser, greater]) await visit.shows((rows) => rows[1]?.state === "Sent");
      await Promise.all([lesser.holds(1), greater.holds(1)]);
      for (const tab of inOrder(fixture)) await tab.letGo();
      for (const { visit } of [lesser, greater]) {
        const rows = await visit.shows((rows) => rows.filter(({ state }) => state === "Sent").length === 2);
        assert.deepEqual(rows.slice(1).map(({ text }) => text), ["from the one", "from the other"]);
      }
      const { store } = parlor.running.service.chat;
      const stored = await store.messagesAfter({ admin: "asha", consumer: lesser.consumer }, 0, 100);
      assert.equal(stored.length, 2, "each once");
    },
  );
}
