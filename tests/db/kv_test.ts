import { openBus } from "../../db/open_bus.ts";
import { openStore } from "../../db/open.ts";
import { testBus } from "./bus_contract.ts";
import { KvFile, openOnFile } from "./kv/file.ts";
import { testPortalStore } from "./portal_contract.ts";
import { type Opened, testStore } from "./store_contract.ts";

/** An in-memory store. Closing deletes its data, so `reopen` returns the same store. */
async function openInMemory(): Promise<Opened> {
  const store = await openStore("kv::memory:");
  return { store, reopen: () => Promise.resolve(store), dispose: () => store.close() };
}

testStore("kv", openOnFile);
testPortalStore("kv", openOnFile);
testStore("kv in memory", openInMemory);
testPortalStore("kv in memory", openInMemory);
// Two handles on one file see each other's watches within one process, as instances on Deno Deploy do.
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
