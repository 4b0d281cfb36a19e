import { testPageCost } from "./page_cost.ts";
import { testPortalStore } from "./portal_suite.ts";
import { openOnFile } from "./sqlite/database_file.ts";
import { testStore } from "./store_suite.ts";

testStore("sqlite", openOnFile);
testPortalStore("sqlite", openOnFile);
testPageCost("sqlite", { open: openOnFile, many: 20_000 });
