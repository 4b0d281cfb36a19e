/** Builds what browsers load into `dist/`: `deno task build`; with `--watch`, again on every change in `web/`. */
import "./build/bare_spawn.ts";
import { stop } from "esbuild";
import { distFolder, type Manifest } from "../protocol/assets.ts";
import { checkBudget, OverBudget } from "./build/budget.ts";
import { bundleWebApp } from "./build/bundle.ts";
import { webApps } from "./build/web_apps.ts";
import { digestOfSources, stampName } from "./build/sources.ts";
import { writeAssets } from "./build/write_assets.ts";

/** Changes within so many milliseconds trigger one build. */
const settleMs = 50;

async function buildAll(): Promise<void> {
  const began = performance.now(), digest = digestOfSources();
  const manifest: Manifest = {};
  await Deno.mkdir(distFolder, { recursive: true });
  for (const webApp of webApps) {
    const built = await bundleWebApp(webApp);
    for (const line of checkBudget(webApp, built)) console.log(line);
    Object.assign(manifest, await writeAssets(distFolder, webApp, built));
  }
  // Last and atomically: whoever reads the manifest finds all files that it names.
  await Deno.writeTextFile(`${distFolder}/manifest.new`, JSON.stringify(manifest, null, 1));
  await Deno.rename(`${distFolder}/manifest.new`, `${distFolder}/manifest.json`);
  await removeStale(manifest);
  await Deno.writeTextFile(`${distFolder}/${stampName}`, digest);
  console.log(`built in ${Math.round(performance.now() - began)} ms`);
}

/** Removes what earlier builds wrote. */
async function removeStale(manifest: Manifest): Promise<void> {
  const wanted = new Set(["manifest.json", stampName, ...Object.values(manifest).map(({ file }) => file)]);
  for await (const { name } of Deno.readDir(distFolder)) {
    if (!wanted.has(name.replace(/\.(br|gz)$/, ""))) await Deno.remove(`${distFolder}/${name}`);
  }
}

/** Builds for every change, one build at a time: the last build is of the last change. */
async function watch(changes: Deno.FsWatcher): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let building = Promise.resolve();
  const again = () => building = building.then(buildAll).catch((error) => console.error(error.message));
  for await (const _ of changes) {
    clearTimeout(timer);
    timer = setTimeout(again, settleMs);
  }
}

// Before the first build, so that a change during it is not missed.
const changes = Deno.args.includes("--watch") ? Deno.watchFs("web") : undefined;

try {
  await buildAll();
  if (changes) await watch(changes);
} catch (error) {
  if (!(error instanceof OverBudget)) throw error;
  console.error(`Too large. ${error.message}`);
  Deno.exitCode = 1;
} finally {
  await stop();
}
