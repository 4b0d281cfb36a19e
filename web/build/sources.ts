import { createHash } from "node:crypto";
import { distFolder } from "../../protocol/assets.ts";

/** Inputs of a build besides its libraries, whose versions are in the lock file. */
const folders = ["web", "protocol"], files = ["deno.json", "deno.lock"];
/** In `distFolder`: the digest of the sources that it was built from. */
export const stampName = "sources";

/** A digest of all inputs of a build. Modification times do not identify content: a copy has others. */
export function digestOfSources(): string {
  const digest = createHash("sha256");
  for (const file of [...files, ...folders.flatMap(filesBelow)].sort()) {
    digest.update(`${file}\0`).update(Deno.readFileSync(file)).update("\0");
  }
  return digest.digest("hex");
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

/** The digest that `distFolder` was built from; `undefined` without a build. */
export function builtOf(): string | undefined {
  try {
    Deno.statSync(`${distFolder}/manifest.json`);
    return Deno.readTextFileSync(`${distFolder}/${stampName}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
