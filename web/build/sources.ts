import { createHash } from "node:crypto";
import { distFolder } from "../../protocol/assets.ts";

/** Of what a build is made, besides its libraries, whose versions the lock file says. */
const folders = ["web", "protocol"], files = ["deno.json", "deno.lock"];
/** In `distFolder`: the digest of the sources that it was built of. */
export const stampName = "sources";

/** A digest of all that a build reads. Times of files say nothing: a copy has others. */
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

/** What `distFolder` was built of; `undefined` where nothing was. */
export function builtOf(): string | undefined {
  try {
    Deno.statSync(`${distFolder}/manifest.json`);
    return Deno.readTextFileSync(`${distFolder}/${stampName}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
