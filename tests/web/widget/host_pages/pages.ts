import type { Page } from "playwright-core";
import { htmx, react18, react19, turbo, vue, zone } from "./libraries.ts";

/** A typical host page that contains `line`. */
export interface HostPage {
  name: string;
  files?(): Promise<Record<string, string>> | Record<string, string>;
  html(line: string): string;
  /** Delay of the loader's response. Milliseconds. */
  lateMs?: number;
  /** Navigates within the site in the site's own way. The page's heading is "Next" afterwards. */
  goOn(page: Page): Promise<unknown>;
}

const heading = `<h1 id="heading">A shop</h1><a id="next" href="/next">Next</a>`;
/** Navigation by script, as in single-page applications. */
const pushed = (page: Page) =>
  page.evaluate(() => {
    history.pushState(null, "", "/next");
    document.querySelector("#heading")!.textContent = "Next";
  });
const followed = (page: Page) => page.click("#next");
const styled = (css: string) => (line: string) => `<style>${css}</style>${heading}<div></div>${line}`;
const scripted = (script: string) => (line: string) => `<script>${script}</script>${heading}${line}`;

/** React renders the whole document, and its script follows the embed line. */
const wholeDocument = (line: string, text: string) =>
  `<!doctype html><html lang="en"><head><title>Vera's page</title>${line}` +
  `<script defer src="/library.js"></script><script defer src="/app.js"></script></head>` +
  `<body><main><h1 id="heading">${text}</h1><button id="next">Next</button></main></body></html>`;

const reactApp = `
  window.recovered = [];
  const { createElement: h, useState } = React;
  function App() {
    const [text, setText] = useState("A shop");
    const script = document.querySelector("script[data-admin]");
    const next = () => { history.pushState(null, "", "/next"); setText("Next"); };
    return h("html", { lang: "en" },
      h("head", null, h("title", null, "Vera's page"),
        h("script", { async: true, src: script.getAttribute("src"), "data-admin": "asha" }),
        h("script", { defer: true, src: "/library.js" }), h("script", { defer: true, src: "/app.js" })),
      h("body", null, h("main", null, h("h1", { id: "heading" }, text),
        h("button", { id: "next", onClick: next }, "Next"))));
  }
  ReactDOM.hydrateRoot(document, h(App), { onRecoverableError: (error) => recovered.push(String(error)) });`;

const vueApp = `
  Vue.createSSRApp({
    data: () => ({ text: "A shop" }),
    methods: { next() { history.pushState(null, "", "/next"); this.text = "Next"; } },
    template: '<h1 id="heading">{{ text }}</h1><button id="next" @click="next">Next</button>',
  }).mount("#app");`;

/** The state in which Prototype 1.6 and MooTools 1.2 left the built-in prototypes. */
const oldPrototypes = `
  Object.prototype.extend = function (more) { for (var name in more) this[name] = more[name]; return this; };
  Object.prototype.each = function () {};
  Array.prototype.toJSON = function () { return "old"; };
  String.prototype.toJSON = Object.prototype.valueOf;
  Array.prototype.each = function (act) { for (var i = 0; i < this.length; i++) act(this[i], i); return this; };
  Array.prototype.find = function (act) { for (var i = 0; i < this.length; i++) if (act(this[i])) return this[i]; };
  Array.prototype.entries = function () { return this.slice(); };
  Array.from = function (list) { return list == null ? [] : typeof list.length == "number" ? [].slice.call(list) : [list]; };
  Function.prototype.bind = function (object) {
    var act = this, given = [].slice.call(arguments, 1);
    return function () { return act.apply(object, given.concat([].slice.call(arguments))); };
  };
  Element.prototype.hide = function () { this.style.display = "none"; return this; };
  Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); return this; };
  Element.prototype.set = Element.prototype.get = function () { return this; };
  Node.prototype.dispose = function () { return this; };
  Object.freeze(Object.prototype);`;

export const pages: HostPage[] = [
  {
    name: "the CSS of a shop's theme",
    html: styled(`
      *, *::before, *::after { box-sizing: border-box; max-width: 100%; }
      div:empty, p:empty, section:empty { display: none; }
      div::before, div::after { content: " "; display: table; clear: both; }
      div { float: left; width: 100%; overflow: hidden; text-transform: uppercase; }
      button, iframe { all: unset !important; display: none !important; }
      html { display: grid; gap: 40px; } html > * { margin: 60px; }`),
    goOn: pushed,
  },
  {
    name: "the CSS of a WordPress theme that hides what it does not know",
    html: styled(`
      @keyframes hide { to { opacity: 0; transform: translateX(-200vw); visibility: hidden } }
      html > :not(head, body) { display: none !important; }
      div { visibility: hidden !important; opacity: 0 !important; animation: hide 1ms both !important; filter: blur(9px);
        transform: translateX(-100vw) !important; clip-path: inset(50%) !important; pointer-events: none !important;
        contain: strict !important; content-visibility: hidden !important; perspective: 1px; position: static !important;
        transition: all 9s !important; zoom: 0.1 !important; will-change: transform; z-index: -1 !important; }`),
    goOn: pushed,
  },
  {
    name: "React 18, whole document",
    files: () => ({ "/library.js": react18(), "/app.js": reactApp }),
    html: (line) => wholeDocument(line, "A shop"),
    goOn: followed,
  },
  {
    name: "React 19, whole document, drawn otherwise by the server",
    files: async () => ({
      "/library.js": await react19(),
      "/app.js": reactApp.replace("=> recovered.push(String(error))", "=> {}"),
    }),
    html: (line) => wholeDocument(line, "A shop of yesterday"),
    goOn: followed,
  },
  {
    name: "React 18, whole document, drawn otherwise by the server",
    files: () => ({
      "/library.js": react18(),
      "/app.js": reactApp.replace("=> recovered.push(String(error))", "=> {}"),
    }),
    html: (line) => wholeDocument(line, "A shop of yesterday"),
    goOn: followed,
  },
  {
    name: "React 18, whole document, drawn otherwise by the server before the loader came",
    lateMs: 700,
    files: () => ({
      "/library.js": react18(),
      "/app.js": reactApp.replace("=> recovered.push(String(error))", "=> {}"),
    }),
    html: (line) => wholeDocument(line, "A shop of yesterday"),
    goOn: followed,
  },
  {
    name: "React 18, whole document, drawn otherwise without the line before the loader came",
    lateMs: 700,
    files: () => ({
      "/library.js": react18(),
      "/app.js": reactApp.replace("=> recovered.push(String(error))", "=> {}")
        .replace(/h\("script", \{ async: true.*\n/, "\n"),
    }),
    html: (line) => wholeDocument(line, "A shop of yesterday"),
    goOn: followed,
  },
  {
    name: "React 18, whole document, hydrated long after it was loaded",
    files: () => ({
      "/library.js": react18(),
      "/app.js": `setTimeout(() => { ${reactApp} }, 700)`,
    }),
    html: (line) => wholeDocument(line, "A shop"),
    goOn: followed,
  },
  {
    name: "Vue 3",
    files: () => ({ "/library.js": vue(), "/app.js": vueApp }),
    html: (line) =>
      `${line}<div id="app"><!--[--><h1 id="heading">A shop</h1><button id="next">Next</button><!--]--></div>` +
      `<script src="/library.js"></script><script src="/app.js"></script>`,
    goOn: followed,
  },
  {
    name: "Turbo",
    files: () => ({
      "/library.js": turbo(),
      "/app.js": `addEventListener("turbo:load", () => {
        if (location.pathname === "/next") document.querySelector("#heading").textContent = "Next";
      });`,
    }),
    html: (line) =>
      `<!doctype html><html lang="en"><head><title>Vera's page</title><script src="/library.js"></script>` +
      `<script src="/app.js"></script></head><body>${heading}${line}</body></html>`,
    goOn: followed,
  },
  {
    name: "HTMX",
    files: () => ({ "/library.js": htmx() }),
    html: (line) =>
      `<script src="/library.js"></script><div hx-boost="true">${heading}</div>${line}` +
      `<script>if (location.pathname === "/next") document.querySelector("#heading").textContent = "Next";</script>`,
    goOn: followed,
  },
  {
    name: "zone.js, as Angular has it",
    files: () => ({ "/library.js": zone() }),
    html: (line) => `<script src="/library.js"></script>${heading}${line}`,
    goOn: pushed,
  },
  { name: "prototypes as old libraries extended them", html: scripted(oldPrototypes), goOn: pushed },
];
