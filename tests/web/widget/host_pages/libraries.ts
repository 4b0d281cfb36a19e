import { build, type Plugin, stop } from "esbuild";

const store = "node_modules/.deno";

/** Folder of an installed package of this version. */
function folderOf(versioned: string): string {
  const plain = versioned.replace("/", "+");
  for (const { name } of Deno.readDirSync(store)) {
    if (name !== plain && !name.startsWith(`${plain}_`)) continue;
    return `${store}/${name}/node_modules/${versioned.replace(/(?<=.)@.*/, "")}`;
  }
  throw new Error(`${versioned} is not installed: deno install`);
}

/** A package's file as published for browsers. */
const published = (versioned: string, file: string) =>
  Deno.readTextFileSync(`${folderOf(versioned)}/${file}`);

const pageReact: Plugin = {
  name: "the page's React",
  setup({ onResolve, onLoad, initialOptions }) {
    if (initialOptions.stdin?.resolveDir?.includes("/react-dom@")) return;
    onResolve({ filter: /^react$/ }, ({ path }) => ({ path, namespace: "page" }));
    onLoad({ filter: /.*/, namespace: "page" }, () => ({ contents: "module.exports = globalThis.React" }));
  },
};

/** A bundled script that imports a package and related ones. */
async function bundled(versioned: string, contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: `${Deno.cwd()}/${folderOf(versioned)}` },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    logLevel: "error",
    plugins: [pageReact],
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
  await stop();
  return outputFiles[0]!.text;
}

export const react18 = () =>
  published("react@18.3.1", "umd/react.production.min.js") +
  published("react-dom@18.3.1", "umd/react-dom.production.min.js");

export const react19 = () =>
  bundled(
    "react-dom@19.2.0",
    `import * as React from "react"; import * as ReactDOM from "react-dom/client";
     Object.assign(globalThis, { React, ReactDOM });`,
  );

/** Uses the React on the page. */
export const focusLock = () =>
  bundled(
    "react-focus-lock@2.13.7",
    `import FocusLock from "react-focus-lock"; globalThis.FocusLock = FocusLock;`,
  );

export const vue = () => published("vue@3.5.45", "dist/vue.global.prod.js");
export const turbo = () => published("@hotwired/turbo@8.0.23", "dist/turbo.es2017-umd.js");
export const htmx = () => published("htmx.org@2.0.8", "dist/htmx.min.js");
export const zone = () => published("zone.js@0.16.3", "bundles/zone.umd.min.js");
