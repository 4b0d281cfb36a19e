import { KvFile } from "./kv/file.ts";
import { testPostgres } from "./postgres/server.ts";
import { DatabaseFile } from "./sqlite/database_file.ts";

/** Declares one test per engine, on a database of its own that a second process can open. */
export function testEachEngine(guarantee: string, test: (url: string) => Promise<void>): void {
  for (const [engine, File] of [["sqlite", DatabaseFile], ["kv", KvFile]] as const) {
    Deno.test(`${engine}: ${guarantee}`, async () => {
      using file = new File();
      await test(file.url);
    });
  }
  testPostgres(guarantee, (server) => test(server.schema()));
}
