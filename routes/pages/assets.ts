import { type AssetFile, distFolder, type Manifest } from "../../protocol/assets.ts";

/** One built file in memory, in every encoding that a browser may accept. */
export interface Asset {
  type: string;
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer>;
}

/** The build's output, read once. */
export type Assets = ReadonlyMap<string, Asset>;

/** Reads the build's output; nothing without one, so that the rest of the service runs without a build. */
export function openAssets(folder: string = distFolder): Assets {
  try {
    const manifest: Manifest = JSON.parse(Deno.readTextFileSync(`${folder}/manifest.json`));
    return new Map(Object.entries(manifest).map(([name, file]) => [name, read(folder, file)]));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
}

function read(folder: string, { file, type, etag }: AssetFile): Asset {
  const form = (end: string) => Deno.readFileSync(`${folder}/${file}${end}`);
  return { type, etag, plain: form(""), gzip: form(".gz"), br: form(".br") };
}

/** Serves an asset in the smallest encoding that the browser accepts, or 304 where it has it. */
export function assetResponse(asset: Asset, request: Request, headers: Record<string, string>): Response {
  const known = request.headers.get("if-none-match");
  const common = { ...headers, etag: asset.etag, vary: "accept-encoding" };
  if (known?.includes(asset.etag)) return new Response(null, { status: 304, headers: common });
  const taken = request.headers.get("accept-encoding") ?? "";
  const form = (["br", "gzip"] as const).find((name) => new RegExp(`\\b${name}\\b`).test(taken));
  return new Response(asset[form ?? "plain"], {
    headers: { ...common, "content-type": asset.type, ...(form && { "content-encoding": form }) },
  });
}
