/** `deno task built`: builds what browsers load, unless `dist/` is up to date. */
import { distFolder } from "../protocol/assets.ts";
import { builtOf, digestOfSources } from "./build/sources.ts";

function isThere(): boolean {
  try {
    return Deno.statSync(`${distFolder}/manifest.json`).isFile;
  } catch {
    return false;
  }
}

function canBeWritten(): boolean {
  const probe = `${distFolder}/probe`;
  try {
    Deno.mkdirSync(distFolder, { recursive: true });
    Deno.writeTextFileSync(probe, "");
    Deno.removeSync(probe);
    return true;
  } catch {
    return false;
  }
}

if (builtOf() !== digestOfSources()) {
  // Imported only for a build: it loads the compiler.
  if (canBeWritten()) await import(import.meta.resolve("./build.ts"));
  else if (isThere()) {
    // A build of other sources is better than none.
    console.log(`${distFolder}/ is of other sources and cannot be written: it is served as it is`);
  } else {
    console.error(`${distFolder}/ is missing and cannot be written: run deno task build where it can, first`);
    Deno.exitCode = 1;
  }
}
