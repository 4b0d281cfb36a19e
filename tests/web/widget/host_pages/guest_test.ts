import assert from "node:assert/strict";
import type { BrowserContextOptions } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { eventually } from "../../../harness/eventually.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";
import { hasLauncher } from "./launcher.ts";
import { focusLock, react18 } from "./libraries.ts";

interface WidgetFixture {
  parlor: Parlor;
  asha: Admin;
  site: Site;
  visit: Visit;
}

/** A test on a page that contains `html`; the page inserts the embed line if `html` has none. */
function onPage(
  name: string,
  html: (line: string) => string,
  play: (fixture: WidgetFixture) => Promise<void>,
  { files = {}, ...options }: BrowserContextOptions & {
    files?: Record<string, () => string | Promise<string>>;
  } = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await using site = new Site(html(embedLine(parlor, "asha")));
    for (const [path, file] of Object.entries(files)) site.files[path] = await file();
    const context = await browse({ locale: "en-GB", ...options });
    try {
      const visit = await Visit.to(context, site.address);
      await play({ parlor, asha, site, visit });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const talks = async (visit: Visit) => {
  await visit.write("hello");
  await visit.shows((rows) => rows.some(({ text, state }) => text === "hello" && state === "Sent"));
};
const said = (visit: Visit) => visit.console.filter((line) => line.includes("parlor:"));
// deno-lint-ignore no-explicit-any
type Any = any;
const isThere = (visit: Visit) =>
  visit.page.waitForFunction(() => typeof (globalThis as Any).parlor === "function");

/** Global and DOM property names that a user's comment may shadow where sites allow `name` attributes. */
const shadows = "createElement documentElement body head title referrer cookie activeElement querySelector " +
  "getElementsByTagName addEventListener currentScript defaultView location";
onPage(
  "elements named as parts of the document do not say where the chat comes from, nor stand in its way",
  (line) =>
    `<img name="currentScript" src="http://mallory.localhost:9/widget.js" data-admin="mallory">` +
    shadows.split(" ").map((name) => `<form name="${name}"><input name="closest"></form>`).join("") +
    `<img id="parlorSettings" data-admin="mallory"><form id="customElements"></form>${line}`,
  async ({ parlor, visit }) => {
    await isThere(visit);
    await visit.page.mouse.click(1280 - 48, 800 - 48);
    const frame = await visit.frame();
    assert.equal(new URL(frame.url()).origin, parlor.address);
    assert.equal(new URL(frame.url()).searchParams.get("admin"), "asha");
    await talks(visit);
  },
);

browserTest("with PUBLIC_URL set the loader knows its service, wherever it was loaded from", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await using parlor = await Parlor.start({
    ...unlimited,
    PORT: `${port}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  await parlor.signUp("asha");
  await using site = new Site(`<script async src="/widget.js" data-admin="asha"></script>`);
  site.files["/widget.js"] = await (await parlor.fetch("/widget.js")).text();
  const context = await browse({ locale: "en-GB" });
  const visit = await Visit.to(context, site.address);
  await visit.open();
  assert.equal(new URL((await visit.frame()).url()).origin, parlor.address);
  await context.close();
});

for (
  const [what, html] of Object.entries({
    "a section": `<section id="parlor"></section>`,
    "a form with a q": `<form name="parlor"><input name="q"></form>`,
    "two images": `<img name="parlor"><img name="parlor">`,
    "a frame": `<iframe name="parlor"></iframe>`,
    "an object of the page": `<script>var parlor = { q: 7 }</script>`,
    "a function of the page": `<script>window.parlor = function () {}; parlor.q = {}</script>`,
    "a queue of nonsense":
      `<script>window.parlor = function () {}; parlor.q = [null, 7, [], ["fly"]]</script>`,
  })
) {
  onPage(`${what} called parlor does not switch the widget off`, (line) => html + line, async ({ visit }) => {
    await isThere(visit);
    await eventually(() => hasLauncher(visit.page));
    await visit.open();
  });
}

onPage(
  "the stub of the docs works beside an element of its name",
  (line) => `<section id="parlor"></section>STUB${line}`,
  async ({ visit, site }) => {
    const docs = await Deno.readTextFile("docs/widget.md");
    const stub = /```html\n(<script>\n[\s\S]*?<\/script>)/.exec(docs.slice(docs.indexOf("## Verbs")))![1]!;
    site.html = site.html.replace("STUB", () => `${stub}<script>parlor("prefill", "early")</script>`);
    await visit.page.reload();
    const frame = await visit.open();
    assert.equal(await frame.inputValue("textarea"), "early");
  },
);

for (
  const [what, script] of Object.entries({
    "classes": "class Comment {} class Element {} class URL {}",
    "functions": "function Map() {} function Comment() {} function URL() {}",
    "variables of the window":
      "var URL = 'https://shop.test', origin = { lat: 1 }, self = {}, parent = 7, performance = 'good'",
    "no symbols": "window.Symbol = undefined",
  })
) {
  // No `evaluate` in such a page: Playwright's injected script needs the same names.
  onPage(`a page whose own ${what} have names of the browser's has a chat`, (line) => {
    return `<script>${script}</script>${line}`;
  }, async ({ parlor, visit }) => {
    await eventually(async () => {
      await visit.page.mouse.click(1280 - 48, 800 - 48);
      return visit.page.frames().length === 2;
    }, { state: () => visit.errors });
    const { origin, searchParams } = new URL((await visit.frame()).url());
    assert.deepEqual([origin, searchParams.get("admin")], [parlor.address, "asha"]);
    await talks(visit);
  });
}

onPage(
  "a module finds its line beside scripts of drawings",
  () => "<p>x</p>",
  async ({ parlor, site, visit }) => {
    site.html = `<svg><script>globalThis.drawn = true</script></svg>` +
      embedLine(parlor, "asha").replace("async", `type="module"`);
    await visit.page.reload();
    await eventually(() => hasLauncher(visit.page));
  },
);

/** Inserts the embed line as a page's own script does; returns its number. */
const put = (visit: Visit, parlor: Parlor, admin = "asha") =>
  visit.page.evaluate(([src, admin]) => {
    const line = document.createElement("script");
    Object.assign(line, { async: true, src });
    line.dataset.admin = admin;
    const done = new Promise((done) => line.onload = done);
    const { lines = [] } = globalThis as Any;
    lines.push({ line, done });
    Object.assign(globalThis, { lines });
    document.body.append(line);
    return lines.length - 1;
  }, [`${parlor.address}/widget.js`, admin]);
const takeOut = (visit: Visit, number: number) =>
  visit.page.evaluate((number) => (globalThis as Any).lines[number].line.remove(), number);
const loaded = (visit: Visit, number: number) =>
  visit.page.evaluate((number) => (globalThis as Any).lines[number].done.then(() => {}), number);

onPage("a line that is put in again after destroy is heeded", () => "<p>x</p>", async ({ parlor, visit }) => {
  await parlor.signUp("bela");
  const first = await put(visit, parlor);
  await loaded(visit, first);
  await visit.parlor("destroy");
  await takeOut(visit, first);
  assert.equal(await hasLauncher(visit.page), false);
  await loaded(visit, await put(visit, parlor));
  await eventually(() => hasLauncher(visit.page));
  await visit.open();
  await visit.parlor("destroy");
  await loaded(visit, await put(visit, parlor, "bela"));
  await visit.open();
  assert.match((await visit.frame()).url(), /admin=bela/);
  assert.deepEqual(said(visit), []);
});

onPage(
  "a line taken out before it has loaded starts nothing",
  () => "<p>x</p>",
  async ({ parlor, visit }) => {
    await visit.page.evaluate((src) => {
      const line = document.createElement("script");
      Object.assign(line, { async: true, src });
      line.dataset.admin = "asha";
      const done = new Promise((done) => line.onload = done);
      document.body.append(line);
      line.remove();
      return done.then(() => {});
    }, `${parlor.address}/widget.js`);
    assert.equal(await hasLauncher(visit.page), false);
  },
);

onPage(
  "React's strict mode, which puts the line in twice, has one chat",
  () =>
    `<script>window.parlor = function () { parlor.q.push(arguments) }; parlor.q = [];</script><div id="app"></div>
     <script src="/library.js"></script>`,
  async ({ parlor, visit }) => {
    await visit.page.evaluate((src) => {
      const { React, ReactDOM } = globalThis as Any;
      function Chat() {
        React.useEffect(() => {
          const line = document.createElement("script");
          Object.assign(line, { async: true, src });
          line.dataset.admin = "asha";
          document.body.append(line);
          return () => {
            (globalThis as Any).parlor("destroy");
            line.remove();
          };
        }, []);
      }
      const root = ReactDOM.createRoot(document.querySelector("#app"));
      const [show, hide] = [React.createElement(React.StrictMode, null, React.createElement(Chat)), null];
      Object.assign(globalThis, { show: () => root.render(show), hide: () => root.render(hide) });
      (globalThis as Any).show();
    }, `${parlor.address}/widget.js`);
    await eventually(() => hasLauncher(visit.page));
    await visit.open();
    assert.equal(visit.page.frames().length, 2);
    await visit.page.evaluate("hide()");
    await eventually(async () => !await hasLauncher(visit.page));
    await visit.page.evaluate("show()");
    await eventually(() => hasLauncher(visit.page));
  },
  // React runs effects twice in its development build only.
  {
    files: {
      "/library.js": async () => {
        const folder = "node_modules/.deno";
        const text = (path: string) => Deno.readTextFile(`${folder}/${path}`);
        return await text("react@18.3.1/node_modules/react/umd/react.development.js") +
          await text("react-dom@18.3.1/node_modules/react-dom/umd/react-dom.development.js");
      },
    },
  },
);

onPage("a line for another admin is said to be one too many", (line) => line, async ({ parlor, visit }) => {
  await isThere(visit);
  await loaded(visit, await put(visit, parlor));
  assert.deepEqual(said(visit), []);
  await loaded(visit, await put(visit, parlor, "bela"));
  assert.match(said(visit).join(), /^warning: .*"asha".*"bela"/);
});

onPage(
  "a page that takes the launcher out gets it back, with what was being said",
  (line) => line,
  async ({ visit }) => {
    const frame = await visit.open();
    await frame.fill("textarea", "half a sen");
    await visit.page.waitForFunction(() => Object.values(sessionStorage).includes("half a sen"));
    await visit.page.evaluate(() => document.querySelector("html > div")!.remove());
    await eventually(() => hasLauncher(visit.page));
    assert.equal(await (await visit.writable()).inputValue("textarea"), "half a sen");
    await talks(visit);
    // Replaces the whole document, as a framework does that renders it again.
    await visit.page.evaluate(() => {
      const html = document.createElement("html");
      html.innerHTML = "<head></head><body><h1>Anew</h1></body>";
      document.replaceChild(html, document.documentElement);
    });
    await eventually(() => hasLauncher(visit.page));
    await visit.shows((rows) => rows.some(({ text }) => text === "hello"));
  },
);

onPage(
  "a page that moves the launcher, and takes out what it then stands in, gets it back",
  (line) => `<main><section></section></main>${line}`,
  async ({ visit }) => {
    await isThere(visit);
    await visit.page.evaluate(async () => {
      document.querySelector("section")!.append(document.querySelector("html > div")!);
      await new Promise((moved) => setTimeout(moved));
      document.querySelector("main")!.remove();
    });
    await eventually(() => hasLauncher(visit.page));
    await visit.open();
  },
);

onPage("a page that goes on taking the launcher out is not fought", (line) => line, async ({ visit }) => {
  await isThere(visit);
  const taken = await visit.page.evaluate(async () => {
    let taken = 0;
    const take = () => document.querySelectorAll("html > div").forEach((host) => (taken++, host.remove()));
    new MutationObserver(take).observe(document.documentElement, { childList: true });
    take();
    await new Promise((done) => setTimeout(done, 3_000));
    return taken;
  });
  assert.ok(taken > 1 && taken < 12, `${taken} times in 3 s`);
});

for (
  const css of [
    "div:empty{display:none}",
    "div{visibility:hidden}",
    "html > :not(head,body){display:none}",
    "*{display:none!important} html,body{display:block!important}",
    "html > div{position:fixed;top:-9999px;transform:scale(0)!important;filter:opacity(0)!important}",
    "@keyframes gone{to{opacity:0}} div{animation:gone 1ms forwards!important}",
    "div[data-no-focus-lock]{opacity:0!important;pointer-events:none!important;clip:rect(0,0,0,0)!important}",
    "div::before{content:'';position:fixed;inset:0;z-index:2147483647}",
  ]
) {
  onPage(
    `the launcher is seen on a page with ${css}`,
    (line) => `<style>${css}</style>${line}`,
    async ({ visit }) => {
      await isThere(visit);
      await eventually(() => hasLauncher(visit.page));
    },
  );
}

onPage(
  "what is typed in the chat does not land in a dialog that holds the focus",
  (line) =>
    `<div id="app"></div><script src="/library.js"></script><script>
      const { createElement: h } = React;
      ReactDOM.createRoot(document.querySelector("#app")).render(
        h(FocusLock.default ?? FocusLock, { returnFocus: true }, h("input", { id: "own", autoFocus: true })));
    </script>${line}`,
  async ({ visit }) => {
    await visit.page.waitForSelector("#own:focus");
    await visit.page.mouse.click(1280 - 48, 800 - 48);
    const frame = await visit.writable();
    await frame.click("textarea");
    await visit.page.keyboard.type("into the chat", { delay: 20 });
    assert.deepEqual([await frame.inputValue("textarea"), await visit.page.inputValue("#own")], [
      "into the chat",
      "",
    ]);
  },
  { files: { "/library.js": async () => react18() + await focusLock() } },
);

onPage(
  "a dialog that takes the focus back when it moves, as Bootstrap's, leaves the chat alone",
  (line) =>
    `<input id="own" autofocus><script>
      document.addEventListener("focusin", ({ target }) => {
        if (target !== document && target.id !== "own") document.querySelector("#own").focus();
      });
    </script>${line}`,
  async ({ visit }) => {
    const frame = await visit.open();
    await frame.click("textarea");
    await visit.page.keyboard.type("into the chat", { delay: 20 });
    assert.equal(await frame.inputValue("textarea"), "into the chat");
  },
);

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const viewport = `<meta name="viewport" content="width=device-width,initial-scale=1">`;
const heightOf = async (visit: Visit) => (await visit.frame()).evaluate(() => innerHeight);

onPage("two fingers' zoom leaves the panel its height", (line) => viewport + line, async ({ visit }) => {
  await visit.open();
  assert.equal(await heightOf(visit), 844);
  const cdp = await visit.page.context().newCDPSession(visit.page);
  await cdp.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
  await visit.page.waitForFunction(() => visualViewport!.scale === 2);
  await visit.page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 200)));
  assert.equal(await heightOf(visit), 844);
}, phone);

for (
  const [device, { width, height }] of Object.entries({
    "a phone": phone.viewport,
    "a phone on its side": { width: 844, height: 390 },
    "a tablet": { width: 820, height: 1180 },
    "a tablet on its side": { width: 1180, height: 820 },
  })
) {
  onPage(
    `on ${device} the panel is over the keyboard, whole`,
    (line) => viewport + line,
    async ({ visit }) => {
      const frame = await visit.open();
      // Headless Chromium has no on-screen keyboard: the remaining viewport is set instead.
      const left = Math.round(height * 0.55);
      await visit.page.evaluate((left) => {
        Object.defineProperty(visualViewport, "height", { get: () => left });
        visualViewport!.dispatchEvent(new Event("resize"));
      }, left);
      const element = await frame.frameElement();
      await eventually(async () => {
        const { y, height } = (await element.boundingBox())!;
        return y >= 0 && y + height <= left && height > left / 2;
      }, { state: () => device });
    },
    { ...phone, viewport: { width, height } },
  );
}

const below = `<p style="height:2000px"></p>`;
onPage(
  "the site's own button opens the chat from wherever it stands, and does nothing else",
  (line) =>
    `${below}<a class="chat-me" href="#top" id="link">Chat</a><div id="inner"></div>
     <a class="chat-me" href="/contact" id="contact"><b>Contact</b></a>
     <span class="chat-me" id="span" tabindex="0" role="button">Chat</span>
     <script>
       document.querySelector("#inner").attachShadow({ mode: "open" }).innerHTML = '<button class="chat-me">Inner</button>';
       document.addEventListener("click", (event) => event.stopPropagation(), true);
     </script>${line.replace("data-admin", `data-launcher-selector=".chat-me" data-admin`)}`,
  async ({ visit, site }) => {
    const { page } = visit;
    await page.evaluate(() => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      addEventListener("parlor:open", () => opened.push("open"));
    });
    const host = await page.waitForFunction(() => document.querySelector("html > div"));
    await page.waitForFunction(() => performance.getEntriesByName("none").length === 0);
    await eventually(
      async () => (await page.evaluate(() =>
        performance.getEntriesByType("resource").some(({ name }) => name.includes("/assets/host_frame-"))
      )),
      {},
    );
    const presses: [string, () => Promise<unknown>][] = [
      ["a link", () => page.click("#link")],
      ["a link elsewhere", () => page.click("#contact b")],
      ["a button in a shadow root", () => page.click("#inner button")],
      ["a key on what is no button", () => page.press("#span", "Enter")],
      ["a key on a link", () => page.press("#contact", "Enter")],
      ["one that came later", () =>
        page.evaluate(() => {
          const late = document.createElement("button");
          late.className = "chat-me";
          document.body.append(late);
          late.click();
        })],
    ];
    for (const [i, [what, press]] of presses.entries()) {
      await press();
      await eventually(async () => (await page.evaluate("opened.length")) === i + 1, { state: () => what });
      await visit.parlor("close");
    }
    assert.equal(page.url(), `${site.address}/`);
    assert.ok(await page.evaluate(() => scrollY) > 0, "the page was not scrolled to its top");
    assert.ok(host);
  },
);

onPage(
  "a key presses the site's own button once, whatever the page makes of keys",
  (line) =>
    `<a class="chat-me" id="link" tabindex="0">Chat</a>
     <b class="chat-me" id="own" tabindex="0" role="button" onkeydown="this.click()">Chat</b>
     <form class="chat-me"><input id="field"></form>
     ${line.replace("data-admin", `data-launcher-selector=".chat-me" data-admin`)}`,
  async ({ visit: { page } }) => {
    const told: string[] = [];
    await page.exposeFunction("tell", (name: string) => told.push(name));
    await page.evaluate(() => {
      for (const name of ["open", "close"]) {
        addEventListener(`parlor:${name}`, () => (globalThis as Any).tell(name));
      }
    });
    const isLoaded = () =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("/host_frame-"));
    await page.waitForFunction(isLoaded);
    const press = (
      id: string,
      init?: { key: string; bubbles: boolean; composed: boolean; repeat?: boolean },
    ) =>
      page.evaluate(([id, init]) => {
        const event = init ? new KeyboardEvent("keydown", init) : new Event("keydown", { bubbles: true });
        document.querySelector(`#${id}`)!.dispatchEvent(event);
      }, [id, init] as const);
    // As a browser's autofill does.
    await press("field");
    const enter = { key: "Enter", bubbles: true, composed: true };
    await eventually(async () => {
      await press("link", enter);
      return told.length > 0;
    });
    await press("link", { ...enter, repeat: true });
    await press("own", enter);
    await eventually(() => told.length > 1);
    assert.deepEqual(told, ["open", "close"]);
  },
);

onPage(
  "what a page has put on its prototypes is no attribute of the visitor",
  (line) =>
    `<script>Object.prototype.extend = function (o) { return o }; Array.prototype.each = function () {};
      parlorSettings = { attributes: { seats: "3" } }</script>${line}`,
  async ({ parlor, visit }) => {
    await isThere(visit);
    await visit.parlor("setAttributes", { plan: "gold" });
    await visit.open();
    await talks(visit);
    const { store } = parlor.running.service.chat;
    const key = { admin: "asha", consumer: await visit.consumer("asha") };
    await eventually(async () => (await store.visitor(key))?.attributes !== undefined);
    const { attributes } = (await store.visitor(key))!;
    assert.deepEqual({ ...attributes }, { seats: "3", plan: "gold" });
  },
);

const inFrame = async (visit: Visit, act: string): Promise<unknown> => {
  const frame = visit.page.frames()[1]!;
  await frame.waitForFunction(() => typeof (globalThis as Any).parlor === "function");
  return frame.evaluate(act);
};

onPage(
  "the chat opens in a srcdoc frame of a site",
  (line) => `<iframe width="600" height="700" srcdoc='${line.replaceAll("'", "&#39;")}'></iframe>`,
  async ({ visit }) => {
    await inFrame(visit, `parlor("open")`);
    await visit.writable();
    await talks(visit);
  },
);

onPage(
  "the chat opens in a document that a site wrote into an empty frame",
  (line) =>
    `<iframe width="600" height="700"></iframe>
     <script>const inner = frames[0].document; inner.open(); inner.write(${
      JSON.stringify(`<p>inner</p>${line}`).replaceAll("</", "<\\/")
    }); inner.close();</script>`,
  async ({ visit }) => {
    await inFrame(visit, `parlor("open")`);
    await talks(visit);
  },
);

onPage(
  "a sandboxed frame without an origin hears why there is no chat",
  (line) => `<iframe sandbox="allow-scripts" width="600" height="700" srcdoc='${line}'></iframe>`,
  async ({ visit }) => {
    const error = await inFrame(
      visit,
      `new Promise((heard) => { parlor("on", "error", heard); parlor("open") })`,
    );
    assert.equal((error as Any).code, "no_origin");
  },
);
