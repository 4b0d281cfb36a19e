import { testPortalStore } from "./portal_contract.ts";
import { openOnFile } from "./sqlite/database_file.ts";
import { testStore } from "./store_contract.ts";

testStore("sqlite", openOnFile);
testPortalStore("sqlite", openOnFile);
