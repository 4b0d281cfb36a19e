import assert from "node:assert/strict";
import type { BrowserContextOptions } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

type Play = (on: { parlor: Parlor; site: Site; visit: Visit }) => Promise<void>;

/** A test on a page that contains `html`, after the loader has loaded. */
function onPage(
  name: string,
  html: (parlor: Parlor) => string,
  play: Play,
  { policy, ...options }: BrowserContextOptions & { policy?: string } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    await parlor.signUp("asha");
    const headers = { "content-security-policy": (policy ?? "").replaceAll("SERVICE", parlor.address) };
    await using site = new Site(html(parlor), policy ? headers : {});
    const context = await browse({ locale: "en-GB", ...options });
    try {
      const visit = await Visit.to(context, site.address);
      await visit.page.waitForFunction(() => "parlor" in globalThis && !("q" in (globalThis as Any).parlor));
      await play({ parlor, site, visit });
      assert.deepEqual(visit.errors, [], "no exception reaches the page");
    } finally {
      await context.close();
    }
  });
}

// deno-lint-ignore no-explicit-any
type Any = any;

const line = (parlor: Parlor) => embedLine(parlor, "asha");
/** Settings that the page defines before the embed line, which does not name an admin itself. */
const settings = (given: Record<string, unknown>) => (parlor: Parlor) =>
  `<script>parlorSettings = ${
    JSON.stringify(given)
  }</script><script async src="${parlor.address}/widget.js"></script>`;

/** Center of the launcher if it can be clicked, otherwise undefined. */
const launcher = (visit: Visit) =>
  visit.page.evaluate(() => {
    const host = document.querySelector("html > div");
    for (let y = 4; y < innerHeight; y += 8) {
      for (let x = 4; x < innerWidth; x += 8) {
        if (host && document.elementFromPoint(x, y) === host) return { x, y };
      }
    }
  });

const panelBox = async (visit: Visit) => (await (await (await visit.frame()).frameElement()).boundingBox())!;

/** Every method in the published types. */
async function verbsOf(parlor: Parlor): Promise<string[]> {
  const types = await (await parlor.fetch("/widget.d.ts")).text();
  const named = types.match(/verb: ("\w+"( \| "\w+")*)/g)!;
  return named.flatMap((line) => line.match(/"\w+"/g)!.map((quoted) => quoted.slice(1, -1)));
}

onPage(
  "the types, the table of the docs and the loader have the same verbs",
  line,
  async ({ parlor, visit }) => {
    const verbs = await verbsOf(parlor);
    assert.deepEqual([...verbs].sort(), [
      ..."boot close destroy hide identify on open page prefill reset send setAttributes setLocale setTheme"
        .split(" "),
      ..."show toggle update".split(" "),
    ]);
    const docs = await Deno.readTextFile("docs/widget.md");
    const table = docs.slice(docs.indexOf("| verb "), docs.indexOf("## Events"));
    const first = table.split("\n").slice(2).map((row) => row.split("|")[1] ?? "").join();
    for (const verb of verbs) assert.ok(first.includes(`\`${verb}\``), `the docs have no ${verb}`);
    const unknown: string[] = await visit.page.evaluate((verbs) => {
      const unknown: string[] = [];
      addEventListener("parlor:error", (event) => unknown.push((event as CustomEvent).detail.message));
      for (const verb of [...verbs, "fly"]) {
        (globalThis as Any).parlor(verb, verb === "on" ? "open" : {}, () => {});
      }
      return unknown;
    }, verbs);
    assert.deepEqual(unknown, ["fly"]);
  },
);

onPage(
  "nothing is there before boot, which takes settings of its own, and update changes them",
  settings({ zIndex: 7, offset: "40,90", position: "left" }),
  async ({ visit }) => {
    assert.equal(await launcher(visit), undefined);
    await visit.parlor("open");
    assert.equal(visit.page.frames().length, 1, "there is nobody to talk to yet");
    await visit.parlor("boot", { admin: "asha", color: "#be185d" });
    const at = (await launcher(visit))!;
    assert.ok(at.x >= 40 && at.x < 56, `${at.x} px from the left`);
    assert.ok(at.y > 800 - 90 - 56 - 8 && at.y < 800 - 90, `${at.y} px from the top`);
    await visit.parlor("update", { position: "right", offset: 8 });
    // The position is animated.
    let moved: Awaited<ReturnType<typeof launcher>>;
    await eventually(async () => {
      moved = await launcher(visit);
      return moved !== undefined && moved.x >= 1280 - 8 - 56 && moved.y >= 800 - 8 - 56;
    }, { state: () => JSON.stringify(moved) });
    const frame = await visit.open();
    const accent = await frame.$eval("html", (html) => getComputedStyle(html).getPropertyValue("--accent"));
    assert.equal(accent, "#be185d");
    // Above the page's elements with a lower z-index, and below those with a higher one.
    const isOver = (zIndex: number) =>
      visit.page.evaluate(([zIndex, x, y]) => {
        const cover = document.createElement("div");
        cover.style.cssText = `position:fixed;inset:0;z-index:${zIndex}`;
        document.body.append(cover);
        const top = document.elementFromPoint(x!, y!);
        cover.remove();
        return top !== cover;
      }, [zIndex, moved!.x, moved!.y]);
    assert.deepEqual([await isOver(6), await isOver(8)], [true, false]);
  },
);

onPage(
  "the line wins over parlorSettings",
  (parlor) =>
    `<script>parlorSettings = { admin: "nobody", locale: "fr", theme: "dark" }</script>` +
    embedLine(parlor, "asha", { locale: "de" }),
  async ({ visit }) => {
    const frame = await visit.open();
    const look = await frame.evaluate(
      () => [document.documentElement.lang, document.documentElement.dataset.theme],
    );
    assert.deepEqual(look, ["de", "dark"]);
  },
);

onPage("the panel toggles, the launcher hides and shows, and each is told once", line, async ({ visit }) => {
  await visit.page.evaluate(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    for (const name of ["open", "close"]) addEventListener(`parlor:${name}`, () => told.push(name));
  });
  await visit.parlor("toggle");
  const frame = await visit.writable();
  await visit.parlor("open");
  await visit.parlor("toggle");
  await (await frame.frameElement()).waitForElementState("hidden");
  await visit.parlor("close");
  assert.deepEqual(await visit.page.evaluate("told"), ["open", "close"], "what is so already is no news");
  await visit.parlor("hide");
  assert.equal(await launcher(visit), undefined);
  await visit.parlor("open");
  await (await frame.frameElement()).waitForElementState("visible");
  await visit.parlor("close");
  await visit.parlor("show");
  await eventually(async () => await launcher(visit) !== undefined);
});

onPage(
  "what the site says of its visitor, and where it is by now, is known to the admin",
  line,
  async ({ parlor, site, visit }) => {
    await visit.parlor("setAttributes", { plan: "gold", seats: 3 });
    await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const key = { admin: "asha", consumer: await visit.consumer("asha") };
    const becomes = async (test: (known: Any) => boolean) => {
      const { store } = parlor.running.service.chat;
      for (let i = 0; i < 200; i++) {
        const known = await store.visitor(key);
        if (test(known)) return;
        await visit.page.waitForTimeout(25);
      }
      assert.fail(`${test} is not so: ${JSON.stringify(await store.visitor(key))}`);
    };
    await becomes((known) => known?.attributes?.plan === "gold" && known.attributes.seats === "3");
    await visit.parlor("setAttributes", { plan: "silver" });
    await becomes((known) => known.attributes.plan === "silver" && known.attributes.seats === "3");
    await visit.page.evaluate(() => history.pushState(null, "", "/lamps/brass"));
    await visit.parlor("page");
    await becomes((known) => known.page === `${site.address}/lamps/brass`);
  },
);

onPage("the browser's language is spoken where the site asks for none", line, async ({ visit }) => {
  const frame = await visit.open();
  assert.equal(await frame.getAttribute("textarea", "placeholder"), "संदेश लिखें…");
}, { locale: "hi-IN" });

onPage(
  "a listener stops when its off is called, and hears nothing after destroy",
  line,
  async ({ visit }) => {
    await visit.page.evaluate(() => {
      const { parlor } = globalThis as Any;
      const heard: string[] = [];
      Object.assign(globalThis, { heard, off: parlor("on", "open", () => heard.push("first")) });
      parlor("on", "open", () => heard.push("second"));
    });
    await visit.parlor("open");
    await visit.page.evaluate("off()");
    await visit.parlor("close");
    await visit.parlor("open");
    assert.deepEqual(await visit.page.evaluate("heard"), ["first", "second", "second"]);
    await visit.parlor("destroy");
    await visit.parlor("boot");
    await visit.parlor("open");
    assert.deepEqual(await visit.page.evaluate("heard"), ["first", "second", "second"]);
  },
);

onPage(
  "destroy leaves no timer and no socket, whenever it comes",
  (parlor) =>
    `<script>
      const timers = window.timers = new Set(), { setTimeout: set, clearTimeout: clear } = window;
      window.setTimeout = (act, ...rest) => {
        const id = set(() => (timers.delete(id), act()), ...rest);
        return timers.add(id), id;
      };
      window.clearTimeout = (id) => (timers.delete(id), clear(id));
      window.setInterval = () => { throw new Error("an interval") };
    </script>` + line(parlor),
  async ({ parlor, visit }) => {
    const left = () => visit.page.evaluate(() => (globalThis as Any).timers.size);
    // While the frame is loading, after it failed to load, and during a conversation.
    await visit.parlor("open");
    assert.ok(await left() > 0);
    await visit.parlor("destroy");
    assert.equal(await left(), 0);

    await visit.page.route(/\/widget\/frame/, (route) => route.abort());
    await visit.parlor("boot");
    const failed = visit.page.evaluate(() =>
      new Promise<void>((heard) => addEventListener("parlor:error", () => heard()))
    );
    await visit.parlor("open");
    await failed;
    assert.equal(await left(), 1, "the launcher will be back");
    await visit.parlor("destroy");
    assert.equal(await left(), 0);

    await visit.page.unroute(/\/widget\/frame/);
    await visit.parlor("boot");
    await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const { hub } = parlor.running.service;
    assert.equal(hub.size, 1);
    await visit.parlor("destroy");
    assert.equal(await left(), 0);
    for (let i = 0; i < 200 && hub.size; i++) await visit.page.waitForTimeout(25);
    assert.equal(hub.size, 0);
    assert.deepEqual(await visit.page.evaluate(() => ({ ...localStorage })), {});
  },
);

onPage(
  "where style sheets cannot be constructed the nonce of the line styles the launcher",
  (parlor) =>
    `<script nonce="7x9">delete CSSStyleSheet.prototype.replaceSync</script>
     <script async nonce="7x9" src="${parlor.address}/widget.js" data-admin="asha"></script>`,
  async ({ visit }) => {
    const at = (await launcher(visit))!;
    assert.ok(at.x > 1100 && at.y > 600, `it stands in its corner: ${JSON.stringify(at)}`);
    await visit.open();
    assert.ok((await panelBox(visit)).width <= 384);
    assert.deepEqual(visit.console.filter((text) => /violat|refused/i.test(text)), []);
  },
  { policy: "default-src 'none'; script-src 'nonce-7x9'; style-src 'nonce-7x9'; frame-src SERVICE" },
);
