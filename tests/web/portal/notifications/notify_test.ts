import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browserTest, withProfile } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { PortalDriver } from "../portal_driver.ts";
import { portalTest, someone } from "../fixture.ts";

const vera = someone(), victor = someone();

/** Grants the page permission to notify, and records its notifications. */
async function watchNotes(
  context: BrowserContext,
  page: Page,
  address: string,
): Promise<() => Promise<string[]>> {
  await context.grantPermissions(["notifications"], { origin: address });
  await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any
    const told = globalThis as any;
    told.notes = [];
    told.Notification = class extends Notification {
      constructor(title: string, options: NotificationOptions) {
        super(title, options);
        told.notes.push(`${title}: ${options.body}`);
        told.lastNote = this;
      }
    };
  });
  // deno-lint-ignore no-explicit-any
  return () => page.evaluate(() => (globalThis as any).notes);
}

function look(page: Page, isLooked: boolean): Promise<void> {
  return page.evaluate((isLooked) => {
    Object.defineProperty(document, "hasFocus", { configurable: true, value: () => isLooked });
    dispatchEvent(new Event(isLooked ? "focus" : "blur"));
  }, isLooked);
}

portalTest(
  "asha is asked once, after the first message came by itself, and then hears of those she does not look at",
  async ({ driver, say, context }) => {
    const { page } = driver;
    assert.equal(await page.isVisible(".ask"), false);
    await say(vera, "hello");
    await page.waitForSelector(".ask");
    const notes = await watchNotes(context, page, driver.address);
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.waitForSelector(".ask", { state: "detached" });
    await driver.open("hello");
    await say(vera, "she looks at this");
    await say(victor, "she looks at another room");
    await driver.lists((rooms) => rooms.length === 2);
    assert.deepEqual(await notes(), [], "while she looks at the portal nothing is shown over it");
    await look(page, false);
    await say(victor, "she looks at something else");
    await driver.until(
      notes,
      ([note]) => /^Visitor .... wrote: she looks at something else$/.test(note ?? ""),
    );
    await driver.write("her own words are none");
    await driver.shows((rows) => rows.at(-1)?.state === "Sent");
    assert.equal((await notes()).length, 1);
    // deno-lint-ignore no-explicit-any
    await page.evaluate(() => (globalThis as any).lastNote.onclick());
    await driver.shows((rows) => rows.at(-1)?.text === "she looks at something else");
  },
);

portalTest("of two tabs one speaks", async ({ driver, say, context, parlor, asha }) => {
  const other = await PortalDriver.of(context, parlor.address, asha);
  const all: (() => Promise<string[]>)[] = [];
  for (const { page } of [driver, other]) {
    all.push(await watchNotes(context, page, driver.address));
    await page.evaluate(() => localStorage.setItem("parlor:preferences", '{"desktop":true,"asked":true}'));
  }
  await driver.page.evaluate(() => dispatchEvent(new StorageEvent("storage", { key: "parlor:preferences" })));
  for (const { page } of [driver, other]) await look(page, false);
  await say(vera, "hello");
  await other.lists((rooms) => rooms.length === 1);
  const both = async () => (await Promise.all(all.map((notes) => notes()))).flat();
  await driver.until(both, (notes) => notes.length === 1);
  await driver.page.waitForTimeout(200);
  assert.equal((await both()).length, 1);
});

portalTest("the title and the icon carry the number of unread conversations", async ({ driver, say }) => {
  const icon = () =>
    driver.page.$eval("link[rel=icon]", (link) => decodeURIComponent((link as HTMLLinkElement).href));
  assert.match(await icon(), /icon\.svg$/);
  await say(vera, "one");
  await say(victor, "two");
  await driver.until(() => driver.page.title(), (title) => title === "(2) Parlor");
  assert.match(await icon(), />2<\/text>/);
  await driver.open("one");
  await driver.until(
    () => driver.page.title(),
    (title) => /^\(1\) Visitor [0-9a-f]{4} · Parlor$/.test(title),
  );
  await driver.open("two");
  await driver.until(icon, (href) => href.endsWith("icon.svg"));
});

portalTest("a chime for whom she does not look at, if she wants one", async ({ driver, say }) => {
  const { page } = driver;
  await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any
    const told = globalThis as any;
    told.notes = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...args) {
      told.notes++;
      return start.apply(this, args);
    };
  });
  // deno-lint-ignore no-explicit-any
  const notes = () => page.evaluate(() => (globalThis as any).notes as number);
  // A second sound within this time of the first is not played.
  const silence = () => page.waitForTimeout(1_600);
  await say(vera, "hello");
  await driver.until(notes, (notes) => notes === 2);
  await driver.open("hello");
  await silence();
  await say(vera, "she looks at this");
  await driver.shows((rows) => rows.at(-1)?.text === "she looks at this");
  assert.equal(await notes(), 2);
  await say(victor, "and not at this");
  await driver.until(notes, (notes) => notes === 4);
  await page.evaluate(() => {
    localStorage.setItem("parlor:preferences", '{"sound":false}');
    dispatchEvent(new StorageEvent("storage", { key: "parlor:preferences" }));
  });
  await silence();
  await say(victor, "nor at this");
  await driver.lists((rooms) => rooms[0]?.last === "nor at this");
  assert.equal(await notes(), 4);
});

const failed = "This browser could not be registered";

portalTest(
  "a browser that was woken shows who wrote, and a click opens it",
  async ({ driver, say, context }) => {
    await say(vera, "hello");
    const { page } = driver;
    await context.grantPermissions(["notifications"], { origin: driver.address });
    const workers = () =>
      page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length));
    assert.equal(await workers(), 0, "nothing wakes a browser unless it was turned on");
    await page.getByRole("switch", { name: "Push notifications" }).click();
    // A private profile cannot be registered with a push service; its worker is running by then.
    await page.getByText(failed).waitFor();
    const cdp = await context.newCDPSession(page);
    const registered: string[] = [];
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      registered.push(...registrations.map(({ registrationId }) => registrationId));
    });
    await cdp.send("ServiceWorker.enable");
    const [registrationId] = await driver.until(() => Promise.resolve(registered), (ids) => ids.length > 0);
    const data = JSON.stringify({ consumer: vera, name: "Vera", text: "hello" });
    const push = { origin: driver.address, registrationId: registrationId!, data };
    await cdp.send("ServiceWorker.deliverPushMessage", push);
    const shown = () =>
      page.evaluate(async () => {
        const worker = await navigator.serviceWorker.getRegistration("/messages");
        const notes = await worker!.getNotifications();
        return notes.map(({ title, body, data }) => ({ title, body, path: data.path }));
      });
    const [note] = await driver.until(shown, (notes) => notes.length === 1);
    assert.deepEqual(note, { title: "Vera", body: "hello", path: `/messages/to/${vera}` });
    await context.serviceWorkers()[0]!.evaluate(async () => {
      // deno-lint-ignore no-explicit-any
      const worker = globalThis as any;
      const [notification] = await worker.registration.getNotifications();
      worker.dispatchEvent(new worker.NotificationEvent("notificationclick", { notification }));
    });
    await driver.shows((rows) => rows[0]?.text === "hello");
    assert.deepEqual(await shown(), [], "it has done its work");
  },
  { path: "/settings/notifications" },
);

browserTest(
  "a browser that does not reach its push service says so within some seconds, and stays off",
  async () => {
    await using parlor = await Parlor.start({ LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha");
    await withProfile(async (context) => {
      const driver = await PortalDriver.of(context, parlor.address, asha, "/settings/notifications");
      await context.grantPermissions(["notifications"], { origin: driver.address });
      const push = driver.page.getByRole("switch", { name: "Push notifications" });
      await push.click();
      // The browser never times out; the portal does after 8 s.
      await driver.page.getByText(failed).waitFor({ timeout: 20_000 });
      assert.equal(await push.isChecked(), false);
      const { store } = parlor.running.service.chat;
      assert.deepEqual(await store.pushes("asha"), []);
      assert.deepEqual(driver.errors, []);
    });
  },
);
