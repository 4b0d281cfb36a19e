import { openBus } from "../../db/open_bus.ts";
import { openStore } from "../../db/open.ts";
import { noPostgres } from "../harness/postgres.ts";
import { unless } from "../harness/test_unless.ts";
import { testBus } from "./bus_contract.ts";
import { openSchema, server } from "./postgres/server.ts";
import { testPortalStore } from "./portal_contract.ts";
import { testStore } from "./store_contract.ts";

if (server) {
  testStore("postgres", openSchema);
  testPortalStore("postgres", openSchema);
  testBus("postgres", {
    sweepMs: 2_000,
    share() {
      const url = server!.schema();
      return Promise.resolve({
        open: async (options) => ({
          store: await openStore(url, options),
          bus: (await openBus(url, options))!,
        }),
        dispose: () => Promise.resolve(),
      });
    },
  });
} else {
  Deno.test({ ...unless(noPostgres, "postgres: every guarantee of the store and the bus"), fn() {} });
}
