import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Manifest } from "../../protocol/assets.ts";
import type { Built } from "./bundle.ts";
import type { WebApp } from "./web_apps.ts";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
};

const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 12);
const endOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);

/** Writes the files of a web app to `folder`, plain and compressed; returns what the service needs to serve them. */
export async function writeAssets(
  folder: string,
  webApp: WebApp,
  { texts, hashed, first }: Built,
): Promise<Manifest> {
  const manifest: Manifest = {};
  const addresses = new Map<string, string>();
  const named = (text: string) =>
    text.replace(/\{([\w.]+)\}/g, (whole, name) => addresses.get(name) ?? whole);
  // Scripts last: they may name modules, as pages do.
  const isScript = (name: string) => name === webApp.script?.path;
  for (const [name, source] of [...texts].sort(([a], [b]) => Number(isScript(a)) - Number(isScript(b)))) {
    if (name in webApp.pages) continue;
    const text = isScript(name) ? named(source) : source;
    const hash = hashOf(text);
    const file = name in webApp.modules ? name.replace(/(\.\w+)$/, `-${hash}$1`) : name;
    const address = name in webApp.modules || hashed.has(name) ? `/assets/${file}` : name;
    addresses.set(name, address);
    manifest[address] = await write(folder, address, text, hash);
  }
  const [entry, ...parts] = first.map((name) => addresses.get(name)!);
  if (webApp.app) addresses.set(webApp.app.name, entry!);
  const preloads = parts.map((part) => `<link rel="modulepreload" href="${part}">`).join("\n");
  for (const name of Object.keys(webApp.pages)) {
    const text = named(texts.get(name)!.replace("<preload>", preloads));
    manifest[name] = await write(folder, name, text, hashOf(text));
  }
  return manifest;
}

async function write(folder: string, name: string, text: string, hash: string) {
  const file = name.replace(/^\/(assets\/)?/, "").replaceAll("/", "-");
  const bytes = new TextEncoder().encode(text);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await Deno.writeFile(`${folder}/${file}`, bytes);
  await Deno.writeFile(`${folder}/${file}.gz`, gzipSync(bytes, { level: 9 }));
  await Deno.writeFile(`${folder}/${file}.br`, brotliCompressSync(bytes, quality));
  return { file, type: types[endOf(name)]!, etag: `"${hash}"` };
}
