import { openStore } from "../../../db/open.ts";
import { noPostgres, PostgresServer } from "../../harness/postgres.ts";
import { sanitized } from "../../harness/sanitized.ts";
import type { Opened } from "../store_contract.ts";
import { unless } from "../../harness/test_unless.ts";

/** The server of this file's tests; undefined if PostgreSQL is not installed. */
export const server = await PostgresServer.start();

/** A test that needs the server. Reported as ignored if there is none or the test cannot run. */
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

/** A store with its own schema. */
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
