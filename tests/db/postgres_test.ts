import { openSchema, server } from "./postgres/server.ts";
import { testStore } from "./store_suite.ts";

if (server) testStore("postgres", openSchema);
else Deno.test.ignore("postgres: the store's promises (no PostgreSQL on this machine)", () => {});
