import { openBus } from "../../db/bus.ts";
import { openStore } from "../../db/open.ts";
import { testBus } from "./bus_suite.ts";
import { KvFile } from "./kv/file.ts";
import { testPageCost } from "./page_cost.ts";
import { testPortalStore } from "./portal_suite.ts";
import { type Opened, testStore } from "./store_suite.ts";

/** A store in memory. It is gone when it closes, so it is never opened again, only gone on with. */
async function openInMemory(): Promise<Opened> {
  const store = await openStore("kv::memory:");
  return { store, reopen: () => Promise.resolve(store), dispose: () => store.close() };
}

/** A store on a file of its own. */
async function openOnFile(): Promise<Opened> {
  const file = new KvFile(), { url } = file;
  let store = await openStore(url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(url);
    },
    async dispose() {
      await store.close();
      file[Symbol.dispose]();
    },
  };
}

testStore("kv", openOnFile);
testPortalStore("kv", openOnFile);
testPageCost("kv", { open: openOnFile, many: Deno.env.get("PARLOR_FULL_TESTS") === "1" ? 20_000 : 2_000 });
testStore("kv in memory", openInMemory);
testPortalStore("kv in memory", openInMemory);
// Two handles on one file see each other's bells within one process, as instances do on Deno Deploy.
testBus("kv", {
  sweepMs: 5_000,
  share() {
    const file = new KvFile(), { url } = file;
    return Promise.resolve({
      open: async (options) => ({
        store: await openStore(url, options),
        bus: (await openBus(url, options))!,
      }),
      dispose: () => Promise.resolve(file[Symbol.dispose]()),
    });
  },
});
