import { noPostgres } from "../harness/postgres.ts";
import { unless } from "../harness/test_unless.ts";
import { testDeskStore } from "./desk_contract.ts";
import { openOnFile as openKv } from "./kv/file.ts";
import { openSchema, server } from "./postgres/server.ts";
import { openOnFile as openSqlite } from "./sqlite/database_file.ts";

testDeskStore("sqlite", openSqlite);
testDeskStore("kv", openKv);
if (server) testDeskStore("postgres", openSchema);
else Deno.test({ ...unless(noPostgres, "postgres: every guarantee of a team's inbox"), fn() {} });
