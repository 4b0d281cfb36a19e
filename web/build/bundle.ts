import { build, type BuildOptions, type Plugin, transform } from "esbuild";
import type { Face } from "./faces.ts";

/** A style sheet that a script imports as text is as small as one that a page links to. */
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

/** The texts of a face by name: scripts, styles, and pages with `{name}` for every hashed address still in them. */
export async function bundleFace(face: Face): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [name, entry] of Object.entries(face.modules)) {
    texts.set(name, await bundle(entry, { format: "esm", target: ["es2022"] }));
  }
  if (face.script) {
    texts.set(face.script.path, await bundle(face.script.entry, { format: "iife", target: ["es2022"] }));
  }
  for (const [name, file] of Object.entries({ ...face.plain, ...face.pages })) {
    texts.set(name, await Deno.readTextFile(file));
  }
  return texts;
}
