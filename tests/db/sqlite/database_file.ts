import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../../db/open.ts";
import type { Opened } from "../store_contract.ts";

/**
 * Temporary path of one test's database, in a folder that does not exist yet. Removed at the end of the
 * scope.
 */
export class DatabaseFile implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "parlor-" });
  readonly path = `${this.folder}/data/parlor.db`;
  readonly url = `sqlite:${this.path}`;

  /** A connection as another program would open it. */
  connect(): DatabaseSync {
    return new DatabaseSync(this.path);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** A store with its own file, for the contract tests. */
export async function openOnFile(): Promise<Opened> {
  const file = new DatabaseFile();
  let store = await openStore(file.url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(file.url);
    },
    async dispose() {
      await store.close();
      file[Symbol.dispose]();
    },
  };
}
