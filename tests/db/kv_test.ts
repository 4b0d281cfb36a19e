import { openStore } from "../../db/open.ts";
import { type Opened, testStore } from "./store_suite.ts";

/** A store on a file of its own. */
export async function openOnFile(): Promise<Opened> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-kv-" });
  const url = `kv:${folder}/parlor.kv`;
  let store = await openStore(url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(url);
    },
    async dispose() {
      await store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

testStore("kv", openOnFile);
