import { openStore } from "../../../db/open.ts";
import type { Opened } from "../store_contract.ts";
/** Temporary path of one test's database. Removed at the end of the scope. */
export class KvFile implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "parlor-kv-" });
  readonly path = `${this.folder}/parlor.kv`;
  readonly url = `kv:${this.path}`;

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** A store with its own file. */
export async function openOnFile(): Promise<Opened> {
  const file = new KvFile(), { url } = file;
  let store = await openStore(url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(url);
    },
    async dispose() {
      await store.close();
      file[Symbol.dispose]();
    },
  };
}
