import { openOnFile as openKv } from "./kv/file.ts";
import { testPageCost } from "./page_cost.ts";
import { openSchema, server } from "./postgres/server.ts";
import { openOnFile as openSqlite } from "./sqlite/database_file.ts";

const isFull = Deno.env.get("PARLOR_FULL_TESTS") === "1";

testPageCost("sqlite", { open: openSqlite, many: 20_000 });
testPageCost("kv", { open: openKv, many: isFull ? 20_000 : 2_000 });
if (server) testPageCost("postgres", { open: openSchema, many: 20_000 });
