import { basename, relative, resolve } from "node:path";
import { build, type BuildOptions, type Plugin, transform } from "esbuild";
import type { WebApp } from "./web_apps.ts";

/** A style sheet that a script imports as text is minified like a linked one. */
const cssText: Plugin = {
  name: "css text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path, with: { type } }) => {
      if (type !== "text") return undefined;
      const { code } = await transform(await Deno.readTextFile(path), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const common: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  plugins: [cssText],
};

/** Bundles an entry into one text. */
async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...common, ...options, entryPoints: [entry] });
  return outputFiles![0]!.text;
}

/** The parts of a web app. */
export interface Built {
  /** By name: scripts, styles, and pages that still contain `{name}` for every hashed address. */
  texts: Map<string, string>;
  /** Names that contain their content's hash already. */
  hashed: Set<string>;
  /** The app's entry, and every part that it needs at once. */
  first: string[];
}

/**
 * Every part that is loaded later imports the app's entry. All that is loaded first is then shared by all
 * parts alike, so that it becomes one part: fewer requests, and it compresses better than many small ones.
 * The entry must not await an import at its top: the two would wait for each other.
 */
const sharedFirst = (entry: string, later: Set<string>): Plugin => ({
  name: "shared first",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      if (!later.has(relative(Deno.cwd(), path))) return undefined;
      const text = await Deno.readTextFile(path);
      return {
        contents: `${text}\nimport ${JSON.stringify(resolve(entry))};`,
        loader: path.endsWith("x") ? "tsx" : "ts",
      };
    });
  },
});

/** Splits an app where it imports while it runs. */
const split = (entry: string, plugins: Plugin[] = []) =>
  build({
    ...common,
    plugins: [...common.plugins!, ...plugins],
    entryPoints: [entry],
    format: "esm",
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    splitting: true,
    metafile: true,
    outdir: "/",
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
  });

/** Bundles an app into parts named by their content, so that one that has not changed is not loaded again. */
async function bundleApp({ entry }: NonNullable<WebApp["app"]>): Promise<Built> {
  const starts = Object.values((await split(entry)).metafile.outputs).map(({ entryPoint }) => entryPoint);
  const later = new Set(starts.filter((start) => start !== undefined && start !== entry) as string[]);
  const { outputFiles, metafile } = await split(entry, [sharedFirst(entry, later)]);
  const texts = new Map(outputFiles!.map(({ path, text }) => [basename(path), text]));
  const outputs = Object.entries(metafile!.outputs).map(([path, output]) =>
    [basename(path), output] as const
  );
  const imported = new Map(
    outputs.map(([name, { imports }]) =>
      [
        name,
        imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path)),
      ] as const
    ),
  );
  const start = outputs.find(([, { entryPoint }]) => entryPoint === entry)![0];
  const first = new Set([start]);
  for (const name of first) for (const part of imported.get(name) ?? []) first.add(part);
  return { texts, hashed: new Set(texts.keys()), first: [...first] };
}

export async function bundleWebApp(webApp: WebApp): Promise<Built> {
  const built: Built = webApp.app
    ? await bundleApp(webApp.app)
    : { texts: new Map(), hashed: new Set(), first: [] };
  const { texts } = built;
  for (const [name, entry] of Object.entries(webApp.modules)) {
    texts.set(name, await bundle(entry, { format: "esm", target: ["es2022"] }));
  }
  if (webApp.script) {
    texts.set(webApp.script.path, await bundle(webApp.script.entry, { format: "iife", target: ["es2022"] }));
  }
  for (const [name, file] of Object.entries({ ...webApp.plain, ...webApp.pages })) {
    texts.set(name, await Deno.readTextFile(file));
  }
  return built;
}
