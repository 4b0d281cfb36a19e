import { openStore } from "../../../db/open.ts";
import { testPortalStore } from "../portal_contract.ts";
import { type Opened, testStore } from "../store_contract.ts";

/** An in-memory store. Closing deletes its data, so `reopen` returns the same store. */
async function openInMemory(): Promise<Opened> {
  const store = await openStore("kv::memory:");
  return { store, reopen: () => Promise.resolve(store), dispose: () => store.close() };
}

testStore("kv in memory", openInMemory);
testPortalStore("kv in memory", openInMemory);
