import { openOnFile } from "./sqlite/database_file.ts";
import { testStore } from "./store_suite.ts";

testStore("sqlite", openOnFile);
