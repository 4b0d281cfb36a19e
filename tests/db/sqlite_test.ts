import { testPortalStore } from "./portal_suite.ts";
import { openOnFile } from "./sqlite/database_file.ts";
import { testStore } from "./store_suite.ts";

testStore("sqlite", openOnFile);
testPortalStore("sqlite", openOnFile);
