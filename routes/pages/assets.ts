import { type AssetFile, distFolder, type Manifest } from "../../protocol/assets.ts";

/** One built file in memory, in every form a browser may take it. */
export interface Asset {
  type: string;
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer>;
}

/** What the build made, read once. */
export type Assets = ReadonlyMap<string, Asset>;

/** Reads what was built; nothing if nothing was, so that the rest of the service can be run without a build. */
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

/** Answers with an asset in the smallest form that the browser takes, or with 304 where it has it. */
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
