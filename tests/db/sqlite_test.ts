import { openStore } from "../../db/open.ts";
import { testStore } from "./store_suite.ts";

testStore("sqlite", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const url = `sqlite:${folder}/data/parlor.db`;
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
});
