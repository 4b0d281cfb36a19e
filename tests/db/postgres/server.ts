import { openStore } from "../../../db/open.ts";
import { noPostgres, PostgresServer } from "../../harness/postgres.ts";
import { sanitized } from "../../harness/sanitized.ts";
import type { Opened } from "../store_contract.ts";
import { unless } from "../../harness/test_unless.ts";

/** The server of this file's tests; nothing where the machine has none. */
export const server = await PostgresServer.start();

/** A test that needs the server; where there is none, or no test can be, it is ignored in sight. */
export function testPostgres(
  name: string,
  test: ((server: PostgresServer) => Promise<void>) | undefined,
): void {
  Deno.test({
    ...unless(!server ? noPostgres : !test && "not possible here", `postgres: ${name}`),
    ...sanitized,
    fn: () => test!(server!),
  });
}

/** A store in a schema of its own. */
export async function openSchema(): Promise<Opened> {
  const url = server!.schema();
  let store = await openStore(url);
  return {
    store,
    async reopen() {
      await store.close();
      return store = await openStore(url);
    },
    async dispose() {
      await store.close();
    },
  };
}
