import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Cutter, targetOf } from "../../cutter.ts";
import { HeldSession } from "../session/held_session.ts";
import { embedLine, Site, stub } from "../site.ts";
import { Visit } from "../visit.ts";

/** The page's next `error` event. */
const nextError = (visit: Visit): Promise<{ code: string; message: string }> =>
  visit.page.evaluate(() =>
    new Promise((heard) => addEventListener("parlor:error", (event) => heard((event as CustomEvent).detail)))
  );

/** Records the codes of the page's `error` events from now on. */
function heardErrors(visit: Visit): () => Promise<string[]> {
  const began = visit.page.evaluate(() => {
    const codes: string[] = [];
    Object.assign(globalThis, { codes });
    addEventListener("parlor:error", (event) => codes.push((event as CustomEvent).detail.code));
  });
  return () => began.then(() => visit.page.evaluate("codes"));
}

/** Whether the launcher is visible and clickable in the corner. */
function hasLauncher(visit: Visit): Promise<boolean> {
  return visit.page.evaluate(() =>
    document.elementFromPoint(innerWidth - 48, innerHeight - 48) !== document.documentElement &&
    document.elementFromPoint(innerWidth - 48, innerHeight - 48) !== document.body
  );
}

browserTest("a line that names no such admin says in the panel that there is no chat", async () => {
  await using parlor = await Parlor.start();
  await using site = Site.with(parlor, "nobody");
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  const error = nextError(visit);
  await visit.parlor("open");
  await (await visit.frame()).waitForSelector("text=This chat is not available.");
  assert.equal((await error).code, "unknown_admin");
  assert.deepEqual([visit.errors, await visit.kept("nobody")], [[], {}]);
  await context.close();
});

browserTest("a site that is not allowed shows no chat, and its launcher goes", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { allowed_origins: ["https://shop.example"] }, { cookie: asha.cookie });
  await using site = Site.with(parlor, "asha");
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  await eventually(() => hasLauncher(visit));
  const error = nextError(visit);
  await visit.page.mouse.click(1280 - 48, 800 - 48);
  assert.equal((await error).code, "origin_not_allowed");
  await eventually(async () => !await hasLauncher(visit));
  assert.deepEqual(visit.errors, []);

  await parlor.post("/chatbot/api", { allowed_origins: [site.address] }, { cookie: asha.cookie });
  await visit.page.reload();
  await visit.open();
  await context.close();
});

browserTest("with the service down when the page loads there is no launcher and no fault", async () => {
  await using parlor = await Parlor.start();
  await using cutter = new Cutter(() => targetOf(parlor.address));
  cutter.isDown = true;
  await using site = new Site(
    `<script>${stub} parlor("open");
      addEventListener("error", ({ target }) => window.missed = target.src, { capture: true });
    </script>${embedLine(cutter, "asha")}`,
  );
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "missed" in globalThis);
  assert.equal(await visit.page.evaluate("missed"), `${cutter.address}/widget.js`, "the line's own event");
  await visit.page.waitForTimeout(300);
  assert.equal(await hasLauncher(visit), false);
  assert.equal(typeof await visit.page.evaluate("parlor('on', 'open', () => {})"), "undefined");
  assert.deepEqual(visit.errors, []);
  await context.close();
});

browserTest(
  "with the service down when the chat is opened the launcher goes, and comes back with it",
  async () => {
    await using parlor = await Parlor.start();
    await parlor.signUp("asha");
    await using cutter = new Cutter(() => targetOf(parlor.address));
    await using site = Site.with({ address: cutter.address } as Parlor, "asha");
    const context = await browse();
    const visit = await Visit.to(context, site.address);
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    cutter.isDown = true;
    cutter.cut();
    const error = nextError(visit);
    await visit.parlor("open");
    assert.equal((await error).code, "unreachable");
    await eventually(async () => !await hasLauncher(visit));
    cutter.isDown = false;
    await visit.parlor("show");
    await eventually(() => hasLauncher(visit));
    await visit.open();
    assert.deepEqual(visit.errors, []);
    await context.close();
  },
);

browserTest(
  "with the service gone later the panel says so within 5 s, keeps what is typed, and goes on",
  async () => {
    await using parlor = await Parlor.start();
    await parlor.signUp("asha");
    await using cutter = new Cutter(() => targetOf(parlor.address));
    await using site = Site.with({ address: cutter.address } as Parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    const visit = await Visit.to(context, site.address);
    const frame = await visit.open();
    await visit.write("before");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    await frame.fill("textarea", "half a sen");
    cutter.stall();
    // By the page's clock: the test process may poll late.
    const noticedMs = visit.page.evaluate(() =>
      new Promise<number>((noticed) => {
        const began = performance.now();
        addEventListener("parlor:status", () => noticed(performance.now() - began), { once: true });
      })
    );
    const errors = heardErrors(visit);
    await visit.parlor("send", "into the void");
    await frame.waitForSelector("text=Reconnecting…", { timeout: 10_000 });
    assert.ok(await noticedMs < 5_500, `${await noticedMs} ms`);
    assert.equal(await frame.inputValue("textarea"), "half a sen");
    cutter.unstall();
    await visit.shows((rows) => rows[2]?.state === "Sent", 15_000);
    await frame.waitForSelector("text=Reconnecting…", { state: "detached" });
    assert.equal(await frame.inputValue("textarea"), "half a sen");
    assert.deepEqual(await errors(), ["unreachable"], "once, however often it is tried");
    assert.deepEqual(visit.errors, []);
    await context.close();
  },
);

browserTest("with the service gone before there was a session the panel waits for it", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using cutter = new Cutter(() => targetOf(parlor.address));
  await using site = Site.with({ address: cutter.address } as Parlor, "asha");
  const context = await browse({ locale: "en-GB" });
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  await visit.page.mouse.move(1280 - 48, 800 - 48);
  await (await visit.frame()).waitForSelector("main");
  cutter.isDown = true;
  cutter.cut();
  const states = visit.page.evaluate(() =>
    new Promise((heard) => {
      const states: string[] = [];
      addEventListener("parlor:status", (event) => {
        states.push((event as CustomEvent).detail.state);
        if (states.length === 2) heard(states);
      });
    })
  );
  const errors = heardErrors(visit);
  await visit.parlor("open");
  assert.deepEqual(await states, ["connecting", "reconnecting"]);
  cutter.isDown = false;
  await visit.writable();
  assert.deepEqual(await errors(), ["unreachable"]);
  assert.deepEqual(visit.errors, []);
  await context.close();
});

browserTest("a page whose browser keeps nothing for it can talk all the same", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  const context = await browse();
  await context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("The browser keeps nothing here", "SecurityError");
        },
      });
    }
    navigator.locks.request = () => Promise.reject(new DOMException("Nor does it lock", "SecurityError"));
  });
  const visit = await Visit.to(context, site.address);
  await visit.open();
  await visit.write("hello");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  assert.deepEqual(visit.errors, []);
  await context.close();
});

browserTest("a session that is refused for now, or does not come, is spoken of in the panel", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  const errors = heardErrors(visit);
  await context.route("**/session", (route) => route.fulfill({ status: 429, body: "{}" }));
  await visit.parlor("open");
  const frame = await visit.frame();
  await frame.waitForSelector(".notice:visible:text('Reconnecting…')");
  assert.deepEqual(await errors(), ["unreachable"]);
  await context.unroute("**/session");
  await visit.writable();
  assert.equal(await frame.textContent(".notice"), "");

  await visit.parlor("reset");
  await frame.waitForSelector("textarea", { state: "visible" });
  const session = await HeldSession.in(context);
  await visit.parlor("reset");
  await session.asked;
  await frame.waitForSelector(".notice:visible:text('Reconnecting…')");
  session.go();
  await visit.writable();
  assert.deepEqual(await errors(), ["unreachable", "unreachable"]);
  assert.deepEqual(visit.errors, []);
  await context.close();
});

browserTest("a launcherSelector that is none throws nothing at the page", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha", { "launcher-selector": "#1" });
  const context = await browse();
  const visit = await Visit.to(context, site.address);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  await visit.page.click("h1");
  await visit.parlor("update", { launcherSelector: "h1" });
  await visit.page.click("h1");
  await visit.writable();
  assert.deepEqual(visit.errors, []);
  await context.close();
});
