import { openBus } from "../../db/bus.ts";
import { openStore } from "../../db/open.ts";
import { testBus } from "./bus_suite.ts";
import { type Opened, testStore } from "./store_suite.ts";

async function newFile() {
  const folder = await Deno.makeTempDir({ prefix: "parlor-kv-" });
  return { url: `kv:${folder}/parlor.kv`, remove: () => Deno.remove(folder, { recursive: true }) };
}

/** A store on a file of its own. */
async function openOnFile(): Promise<Opened> {
  const { url, remove } = await newFile();
  let store = await openStore(url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(url);
    },
    async dispose() {
      await store.close();
      await remove();
    },
  };
}

testStore("kv", openOnFile);
// Two handles on one file see each other's bells within one process, as instances do on Deno Deploy.
testBus("kv", {
  sweepMs: 5_000,
  async share() {
    const { url, remove } = await newFile();
    return {
      open: async (options) => ({
        store: await openStore(url, options),
        bus: (await openBus(url, options))!,
      }),
      dispose: remove,
    };
  },
});
