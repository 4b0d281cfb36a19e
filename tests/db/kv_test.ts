import { openBus } from "../../db/open_bus.ts";
import { openStore } from "../../db/open.ts";
import { testBus } from "./bus_contract.ts";
import { KvFile, openOnFile } from "./kv/file.ts";
import { testPortalStore } from "./portal_contract.ts";
import { testStore } from "./store_contract.ts";

testStore("kv", openOnFile);
testPortalStore("kv", openOnFile);
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
