import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site, stub } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

type Html = (parlor: Parlor) => string;
type Play = (on: { parlor: Parlor; asha: Admin; site: Site; visit: Visit }) => Promise<void>;

/** A test on a host page that contains `html`. `headers` may refer to the service as SERVICE. */
function onPage(name: string, html: Html, play: Play, headers: Record<string, string> = {}): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    const named = Object.entries(headers).map((
      [key, value],
    ) => [key, value.replaceAll("SERVICE", parlor.address)]);
    await using site = new Site(html(parlor), Object.fromEntries(named));
    const context = await browse({ locale: "en-GB" });
    try {
      const visit = await Visit.to(context, site.address);
      await play({ parlor, asha, site, visit });
      assert.deepEqual(visit.errors, [], "no exception reaches the page");
    } finally {
      await context.close();
    }
  });
}

const line: Html = (parlor) => embedLine(parlor, "asha");
const complaints = (visit: Visit) =>
  visit.console.filter((text) => /violat|refused|blocked|trusted|parlor:/i.test(text));

/** Event listeners that a script has added to objects outside its own elements. */
async function listenersOf(page: Page, script: RegExp): Promise<() => Promise<string[]>> {
  const cdp = await page.context().newCDPSession(page);
  const ids = new Set<string>();
  cdp.on("Debugger.scriptParsed", ({ scriptId, url }) => script.test(url) && ids.add(scriptId));
  await cdp.send("Debugger.enable");
  return async () => {
    const heard = [];
    for (const expression of ["window", "document", "visualViewport"]) {
      const { result } = await cdp.send("Runtime.evaluate", { expression });
      const found = await cdp.send("DOMDebugger.getEventListeners", { objectId: result.objectId! });
      heard.push(...found.listeners.filter(({ scriptId }) => ids.has(scriptId)).map(({ type }) => type));
    }
    return heard;
  };
}

const strict = [
  "default-src 'none'",
  "script-src SERVICE",
  "frame-src SERVICE",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

onPage(
  "a page whose policy allows the service's script and frame, and nothing else, has no violation",
  line,
  async ({ visit }) => {
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    await visit.page.mouse.click(1280 - 48, 800 - 48);
    await visit.write("through a strict policy");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    await visit.page.reload();
    await visit.open();
    await visit.shows((rows) => rows[1]?.text === "through a strict policy");
    await visit.parlor("destroy");
    assert.deepEqual(complaints(visit), []);
  },
  { "content-security-policy": strict },
);

onPage(
  "a page with an old toJSON on its arrays is served as any other",
  (parlor) =>
    `<script>Array.prototype.toJSON=function(){return "old"};String.prototype.toJSON=Object.prototype.valueOf;</script>` +
    line(parlor),
  async ({ visit }) => {
    await visit.open();
    await visit.write("as any other");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    await visit.page.reload();
    await visit.open();
    await visit.shows((rows) => rows[1]?.text === "as any other");
  },
);

onPage(
  "two copies of the line make one widget",
  (parlor) => line(parlor) + line(parlor),
  async ({ visit }) => {
    await visit.open();
    await visit.page.waitForTimeout(300);
    const hosts = await visit.page.evaluate(() => document.querySelectorAll("html > div").length);
    assert.deepEqual([hosts, visit.page.frames().length], [1, 2]);
  },
);

onPage("a single-page site may replace its whole body", line, async ({ visit }) => {
  await visit.open();
  await visit.write("before");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const frame = await visit.frame();
  await visit.page.evaluate(() => {
    history.pushState(null, "", "/next");
    document.body.replaceWith(document.createElement("body"));
  });
  await visit.write("after");
  await visit.shows((rows) => rows[2]?.state === "Sent");
  assert.equal(await visit.frame(), frame, "the chat was not loaded again");
});

onPage(
  "what is asked before the script has loaded is done when it has, listeners first",
  (parlor) =>
    `<script>${stub}
      window.heard = [];
      const off = parlor("on", "open", () => heard.push("never"));
      parlor("open");
      parlor("on", "ready", () => heard.push("ready"));
      parlor("on", "open", () => heard.push("open"));
      parlor("prefill", "Hello from the page");
      off();
    </script>` + line(parlor),
  async ({ visit }) => {
    const frame = await visit.writable();
    // deno-lint-ignore no-explicit-any
    assert.deepEqual(await visit.page.evaluate(() => (globalThis as any).heard), ["ready", "open"]);
    assert.equal(await frame.inputValue("textarea"), "Hello from the page");
  },
);

onPage(
  "the page hears of everything, by listeners and as DOM events",
  line,
  async ({ visit, parlor, asha }) => {
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    await visit.page.evaluate(() => {
      const seen: string[] = [];
      const page = globalThis as unknown as { seen: string[]; parlor(...call: unknown[]): () => void };
      page.seen = seen;
      const tell = (how: string, name: string) => (detail: unknown) =>
        seen.push(`${how} ${name} ${JSON.stringify(detail)}`);
      for (
        const name of [
          "open",
          "close",
          "message:sent",
          "message:received",
          "unread",
          "status",
          "availability",
        ]
      ) {
        page.parlor("on", name, tell("sdk", name));
        addEventListener(`parlor:${name}`, (event) => tell("dom", name)((event as CustomEvent).detail));
      }
      page.parlor("on", "open", () => {
        throw new Error("of the page's own making");
      });
    });
    await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const inbox = await parlor.inbox(asha);
    await visit.parlor("close");
    inbox.send({
      command: "new_message",
      consumer: await visit.consumer("asha"),
      message: { content: "hi" },
    });
    await visit.shows((rows) => rows.length === 3);
    // The last one to appear: a count is rendered one frame after its message.
    await visit.page.waitForFunction(() =>
      (globalThis as unknown as { seen: string[] }).seen.includes('dom unread {"count":1}')
    );
    // deno-lint-ignore no-explicit-any
    const seen: string[] = await visit.page.evaluate(() => (globalThis as any).seen);
    const names = (how: string) =>
      seen.filter((line) => line.startsWith(how)).map((line) => line.split(" ")[1]);
    assert.deepEqual(names("sdk"), names("dom"));
    assert.deepEqual([...new Set(names("sdk"))].sort(), [
      ...["availability", "close", "message:received", "message:sent", "open", "status", "unread"],
    ]);
    assert.ok(seen.some((line) => line.startsWith("sdk message:sent") && line.includes('"content":"hello"')));
    assert.ok(seen.some((line) => line === 'sdk unread {"count":1}'));
    assert.equal(complaints(visit).length, 1, "the page's own fault is said in the console");
  },
);

onPage(
  "the launcher can be moved, hidden, replaced by the page's own, and dressed",
  (parlor) =>
    `<button id="help">Help</button>` + embedLine(parlor, "asha", {
      position: "left",
      launcher: "none",
      "launcher-selector": "#help",
      theme: "dark",
      color: "#facc15",
      locale: "ar",
    }),
  async ({ visit }) => {
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    await visit.page.click("#help");
    const frame = await visit.writable();
    const look = await frame.evaluate(() => {
      const root = document.documentElement;
      return [root.dir, root.lang, root.dataset.theme, getComputedStyle(root).getPropertyValue("--accent")];
    });
    assert.deepEqual(look, ["rtl", "ar", "dark", "#facc15"]);
    const direction = () => frame.$eval("textarea", (input) => getComputedStyle(input).direction);
    assert.equal(await direction(), "rtl", "the language's, while nothing is typed");
    await frame.fill("textarea", "in Latin letters");
    assert.equal(await direction(), "ltr");
    await frame.fill("textarea", "");
    assert.ok((await (await frame.frameElement()).boundingBox())!.x < 100, "it stands on the left");
    await visit.parlor("setLocale", "ja");
    await frame.waitForSelector("[placeholder='メッセージを入力…']");
    await visit.parlor("setTheme", "light");
    await frame.waitForSelector("html[data-theme=light]");
    await visit.page.click("#help");
    await visit.page.waitForTimeout(300);
    await (await frame.frameElement()).waitForElementState("hidden");
    assert.equal(
      await visit.page.evaluate(() => document.activeElement?.id),
      "help",
      "focus goes back where it was",
    );
  },
);

onPage("reset makes the visitor a new one, and destroy leaves nothing at all", line, async ({ visit }) => {
  const ours = await listenersOf(visit.page, /\/(widget\.js|assets\/host_frame-[\w-]+\.js)$/);
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  await visit.open();
  await visit.write("of the first visitor");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const first = await visit.consumer("asha");
  await visit.parlor("reset");
  await visit.shows((rows) => rows.length === 1);
  assert.deepEqual(await visit.kept("asha"), {});
  await visit.write("of the second");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  assert.notEqual(await visit.consumer("asha"), first);

  await visit.parlor("on", "open", null);
  assert.ok((await ours()).includes("parlor:open"));
  await visit.parlor("destroy");
  await visit.page.waitForTimeout(200);
  assert.deepEqual(await ours(), []);
  assert.deepEqual(await visit.kept("asha"), {});
  assert.deepEqual(
    await visit.page.evaluate(
      () => [document.querySelectorAll("html > :not(head, body)").length, frames.length],
    ),
    [0, 0],
  );
  await visit.parlor("boot", { admin: "asha" });
  await visit.open();
  await visit.shows((rows) => rows.length === 1);
});

onPage(
  "without consent nothing is kept in the browser, and one can talk all the same",
  (parlor) => embedLine(parlor, "asha", { consent: "denied" }),
  async ({ visit }) => {
    await visit.open();
    await visit.write("off the record");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    assert.deepEqual(await visit.page.evaluate(() => ({ ...localStorage })), {});
  },
);

onPage("verbs that do not exist, and arguments that make no sense, harm nobody", line, async ({ visit }) => {
  await visit.page.waitForFunction(() => "parlor" in globalThis);
  const errors = visit.page.evaluate(() =>
    new Promise((heard) => addEventListener("parlor:error", (event) => heard((event as CustomEvent).detail)))
  );
  for (
    const call of [
      ["fly"],
      [],
      ["__proto__"],
      ["identify"],
      ["identify", null],
      ["update", 7],
      ["send"],
      ["send", { a: 1 }],
      ["prefill", null],
      ["setAttributes", "text"],
      ["setLocale", 5],
      ["setTheme", "purple"],
      ["on", "open"],
    ]
  ) await visit.parlor(...call);
  await visit.page.evaluate(() => {
    // deno-lint-ignore no-explicit-any
    (globalThis as any).parlor("setAttributes", { cannot: () => "be cloned" });
  });
  assert.deepEqual(await errors, { code: "unknown_verb", message: "fly" });
  await visit.parlor("reset");
  await visit.open();
  await visit.shows((rows) => rows.length === 1);
});
