import { createHash } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Asset } from "./assets.ts";

/** The asset with a placeholder replaced by `text`, compressed again. */
export function replaceIn(asset: Asset, word: string, text: string): Asset {
  const source = new TextDecoder().decode(asset.plain).replaceAll(word, text);
  const bytes = new TextEncoder().encode(source);
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 12);
  return {
    type: asset.type,
    etag: `"${hash}"`,
    plain: bytes,
    gzip: new Uint8Array(gzipSync(bytes, { level: 9 })),
    br: new Uint8Array(brotliCompressSync(bytes)),
  };
}
