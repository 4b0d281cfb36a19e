/** `deno task built`: builds what browsers load, unless `dist/` is of these very sources already. */
import { distFolder } from "../protocol/assets.ts";
import { builtOf, digestOfSources } from "./build/sources.ts";

/** On a tree that cannot be written to, a build of other sources is better than none. */
function isThereForGood(): boolean {
  try {
    Deno.statSync(`${distFolder}/manifest.json`);
    const probe = `${distFolder}/probe`;
    Deno.writeTextFileSync(probe, "");
    Deno.removeSync(probe);
    return false;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}

if (builtOf() !== digestOfSources()) {
  if (isThereForGood()) {
    console.log(`${distFolder}/ is of other sources and cannot be written: it is served as it is`);
  } // Not read at a start that has nothing to build: it loads the compiler.
  else await import(import.meta.resolve("./build.ts"));
}
