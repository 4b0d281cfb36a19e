import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Manifest } from "../../protocol/assets.ts";
import type { Face } from "./faces.ts";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  ts: "text/plain; charset=utf-8",
};

const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 12);
const endOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);

/** Writes a face's texts to `folder`, plain and compressed, and answers what the service needs to serve them. */
export async function writeAssets(folder: string, face: Face, texts: Map<string, string>): Promise<Manifest> {
  const manifest: Manifest = {};
  const addresses = new Map<string, string>();
  for (const [name, text] of texts) {
    if (name in face.pages) continue;
    const hash = hashOf(text);
    const isModule = name in face.modules;
    const address = isModule ? `/assets/${name.replace(/(\.\w+)$/, `-${hash}$1`)}` : name;
    addresses.set(name, address);
    manifest[address] = await write(folder, address, text, hash);
  }
  for (const name of Object.keys(face.pages)) {
    const text = texts.get(name)!.replace(/\{([\w.]+)\}/g, (_, named) => addresses.get(named)!);
    manifest[name] = await write(folder, name, text, hashOf(text));
  }
  return manifest;
}

async function write(folder: string, name: string, text: string, hash: string) {
  const file = name.replace(/^\/(assets\/)?/, "");
  const bytes = new TextEncoder().encode(text);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await Deno.writeFile(`${folder}/${file}`, bytes);
  await Deno.writeFile(`${folder}/${file}.gz`, gzipSync(bytes, { level: 9 }));
  await Deno.writeFile(`${folder}/${file}.br`, brotliCompressSync(bytes, quality));
  return { file, type: types[endOf(name)]!, etag: `"${hash}"` };
}
